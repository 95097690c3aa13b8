import { type Command, InvalidArgumentError } from "commander";
import { withMigratedStore } from "./with-migrated-store.js";

interface ListFlags {
  readonly limit: number;
  readonly all?: true;
  readonly json?: true;
}

interface RevertFlags {
  readonly withLater?: true;
  readonly json?: true;
}

const jsonFlag = ["--json", "print it as JSON"] as const;

const examples = `
Examples:
  ramgraph imports
  ramgraph imports show 12
  ramgraph imports revert 12`;

export function addImportsCommands(program: Command): void {
  const group = program
    .command("imports")
    .description("list what was imported, newest first; look at one, or take it back")
    .option("--limit <n>", "how many", wholeNumber, 50)
    .option("--all", "all there are")
    .option(...jsonFlag)
    .addHelpText("after", examples)
    .action(runList);
  group
    .command("show")
    .description("one import with the findings that its sources had after it")
    .argument("<run>", "its number in the list")
    .addHelpText("after", "\nExample:\n  ramgraph imports show 12")
    .action(async (id: string) => await runShow(id, group.opts<ListFlags>()));
  group
    .command("revert")
    .description("bring its sources back to what they said before it, as a new revision; others keep what they said")
    .argument("<run>", "its number in the list")
    .option("--with-later", "go back even though later imports of the same sources stand")
    .addHelpText("after", "\nExample:\n  ramgraph imports revert 12     # taken back in turn by its own number")
    .action(async (id: string, flags: RevertFlags) => await runRevert(id, { ...group.opts<ListFlags>(), ...flags }));
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("it must be a whole number from 1 on.");
}

async function runList({ limit, all, json }: ListFlags): Promise<void> {
  const [{ listImports }, { describeRuns }] = await Promise.all([
    import("../app/past-imports.js"),
    import("./describe-runs.js"),
  ]);
  const runs = await withMigratedStore((store) => listImports(store, all === true ? undefined : limit));
  process.stdout.write(`${json ? JSON.stringify(runs) : describeRuns(runs, process.stdout.columns ?? 140)}\n`);
}

async function runShow(id: string, { json }: ListFlags): Promise<void> {
  const [{ showImport }, { describeRun }] = await Promise.all([
    import("../app/past-imports.js"),
    import("./describe-runs.js"),
  ]);
  const run = await withMigratedStore((store) => showImport(store, id));
  process.stdout.write(`${json ? JSON.stringify(run) : describeRun(run)}\n`);
}

async function runRevert(id: string, { withLater, json }: RevertFlags): Promise<void> {
  const [{ takeBack }, { describeChange }] = await Promise.all([
    import("../app/past-imports.js"),
    import("./describe-runs.js"),
  ]);
  const report = await withMigratedStore((store) => takeBack(store, id, withLater === true));
  const again = report.revision === null ? "already say" : "say again";
  const words = `${describeChange(report)}: the sources of run ${id} ${again} what they said before it`;
  process.stdout.write(`${json ? JSON.stringify(report) : words}\n`);
}
