import type { Command } from "commander";
import type { Store } from "../app/open-store.js";
import type { ImportResult, ImportRunOptions } from "../app/run-import.js";

interface ImportFlags {
  readonly allowShrink?: true;
  readonly json?: true;
}

type RunImport = (store: Store, options: ImportRunOptions) => Promise<ImportResult>;

const shrinkFlag = ["--allow-shrink", "take it even if it removes more than half of what the source held"] as const;
const jsonFlag = ["--json", "print the result as JSON"] as const;

export function addImportCommands(program: Command): void {
  const group = program
    .command("import")
    .description("bring facts into the database, beside a running server or without one");
  group
    .command("docs")
    .description("saved documentation pages (text, Markdown, HTML): all of them, or none")
    .argument("<paths...>", "files, and folders with such files")
    .option(...shrinkFlag)
    .option(...jsonFlag)
    .addHelpText("after", "\nExamples:\n  ramgraph import docs mqtt-roles.html\n  ramgraph import docs pages/")
    .action(async (paths: readonly string[], flags: ImportFlags) => {
      const { importDocs } = await import("../app/run-import.js");
      await runImport(({ db }, options) => importDocs(db, paths, options), flags);
    });
  group
    .command("account")
    .description("an account, from a folder of raw API responses; it replaces what was known of that account")
    .argument("<folder>", "files `<product>.<Operation>[.<argument>].json`, as the `aliyun` command prints them")
    .option(...shrinkFlag)
    .option(...jsonFlag)
    .addHelpText("after", "\nExample:\n  ramgraph import account exports/production")
    .action(async (folder: string, flags: ImportFlags) => {
      const { importAccountFolder } = await import("../app/run-import.js");
      await runImport(({ db }, options) => importAccountFolder(db, folder, options), flags);
    });
}

async function runImport(run: RunImport, { allowShrink, json }: ImportFlags): Promise<void> {
  const [{ withStore }, { migrateStore }, { showProgress }] = await Promise.all([
    import("./with-store.js"),
    import("../app/migrate-store.js"),
    import("./show-progress.js"),
  ]);
  const progress = showProgress();
  const result = await withStore(async (store) => {
    await migrateStore(store);
    return await run(store, { allowShrink: allowShrink === true, onProgress: progress.step }).finally(progress.end);
  });
  process.stdout.write(`${json ? JSON.stringify(result) : describeResult(result)}\n`);
}

function describeResult({ sources, revision, added, changed, removed, findings }: ImportResult): string {
  const noted = findings === 0 ? "" : `; ${findings} findings are noted with the facts`;
  const what = `${sources.join(", ")}${noted}`;
  if (revision === null) return `nothing changed: ${what}`;
  return `revision ${revision}: ${added} rows added, ${changed} changed, ${removed} removed: ${what}`;
}
