import type { Command } from "commander";
import { PROGRAM } from "../app/as-typed.js";

interface DemoFlags {
  readonly to?: string;
  readonly json?: true;
}

const help = `
The accounts are ${["1100000000000011", "1200000000000012", "1300000000000013", "1400000000000014"].join(", ")}; no company has them.

Examples:
  ramgraph demo
  ramgraph ask WhoBecomesAdministrator
  ramgraph demo --to exports/     # only writes the folders, to be looked at or imported by hand`;

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("bring in a small fictional company of four accounts to try questions on")
    .option("--to <folder>", "write its exports there, and import nothing")
    .option("--json", "print the result as JSON")
    .addHelpText("after", help)
    .action(runDemo);
}

async function runDemo({ to, json }: DemoFlags): Promise<void> {
  const { writeDemo } = await import("../app/run-demo.js");
  if (to !== undefined) {
    const folders = await writeDemo(to);
    process.stdout.write(`${json ? JSON.stringify({ folders }) : folders.join("\n")}\n`);
    return;
  }
  const results = await importDemo();
  process.stdout.write(`${json ? JSON.stringify(results) : describe(results)}\n`);
}

async function importDemo() {
  const [{ withStore }, { migrateStore }, { loadShippedCatalog }, { importDemo: bringIn }, { showProgress }] =
    await Promise.all([
      import("./with-store.js"),
      import("../app/migrate-store.js"),
      import("../app/load-catalog.js"),
      import("../app/run-demo.js"),
      import("./show-progress.js"),
    ]);
  const progress = showProgress();
  return await withStore(async (store) => {
    await migrateStore(store);
    // First, as the examples name revisions: they are then numbered as in docs/questions.md.
    await loadShippedCatalog(store.db);
    return await bringIn(store.db, { allowShrink: false, onProgress: progress.step }).finally(progress.end);
  });
}

function describe(results: Awaited<ReturnType<typeof importDemo>>): string {
  const lines = results.map(({ sources, revision }) =>
    revision === null
      ? `account ${sources.join(", ")} was there already`
      : `revision ${revision}: account ${sources.join(", ")}`,
  );
  return [...lines, `ask about it: ${PROGRAM} ask PeopleOfAllAccounts`].join("\n");
}
