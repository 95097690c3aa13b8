import { createInterface } from "node:readline/promises";
import type { Command } from "commander";

interface RestoreFlags {
  readonly check?: true;
  readonly replace?: true;
  readonly allowGrowth?: true;
  readonly yes?: true;
  readonly json?: true;
}

const examples = `
All of it or nothing: a damaged file changes nothing. A backup of an older ramgraph is brought up to date, one of a newer
ramgraph is refused. Stop the servers of the database first.

Examples:
  ramgraph restore ramgraph-2026-03-11.backup
  ramgraph restore --check ramgraph-2026-03-11.backup
  RAMGRAPH_DATA_DIR=elsewhere ramgraph restore ramgraph-2026-03-11.backup`;

export function addRestoreCommand(program: Command): void {
  program
    .command("restore")
    .description("bring back what `ramgraph backup` wrote, into an empty database")
    .argument("<file>", "`-` for standard input")
    .option("--check", "only read the file, and compare its digests; needs no database")
    .option("--replace", "take away what the database holds")
    .option("--allow-growth", "also a file that grows to more than 200 times its size when it is unpacked")
    .option("--yes", "do not ask first")
    .option("--json", "print the report as JSON")
    .addHelpText("after", examples)
    .action(async (path: string, flags: RestoreFlags) => {
      await (flags.check ? runCheck(path, flags) : runRestore(path, flags));
    });
}

async function runCheck(path: string, { allowGrowth, json }: RestoreFlags): Promise<void> {
  const { checkFile } = await import("../app/run-backup.js");
  const checked = await checkFile(path, process.stdin, allowGrowth === true);
  const { revision, createdAt, ramgraph, rows } = checked;
  const words = `whole: revision ${revision}, ${rows} rows, made at ${createdAt} by ramgraph ${ramgraph}`;
  process.stdout.write(`${json ? JSON.stringify(checked) : words}\n`);
}

async function runRestore(path: string, { replace, allowGrowth, yes, json }: RestoreFlags): Promise<void> {
  const [{ withStore }, { requireFile, restoreFrom }, { showProgress }] = await Promise.all([
    import("./with-store.js"),
    import("../app/run-backup.js"),
    import("./show-progress.js"),
  ]);
  await requireFile(path);
  if (replace && !yes) await confirm(path);
  const progress = showProgress();
  const options = { replace: replace === true, isTrusted: allowGrowth === true, onProgress: progress.step };
  const report = await withStore((store) => restoreFrom(store, path, process.stdin, options).finally(progress.end));
  const { revision, createdAt, tables, rows, migrated } = report;
  const newer = migrated.length === 0 ? "" : `; then migrated by ${migrated.join(", ")}`;
  const words = `revision ${revision} of ${createdAt}: ${rows} rows of ${tables} tables${newer}`;
  process.stdout.write(`${json ? JSON.stringify(report) : words}\n`);
}

/** @throws UsageRefused where nobody can be asked, Failure for any other answer than the word */
async function confirm(path: string): Promise<void> {
  const { Failure, UsageRefused } = await import("../app/failure.js");
  if (!process.stdin.isTTY || path === "-") {
    throw new UsageRefused("nobody is there to confirm it; give `--yes` to replace unasked what the database holds");
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const answer = await lines.question("all that the database holds is lost, its history too; write `replace`: ");
  lines.close();
  if (answer.trim() !== "replace") throw new Failure("nothing was changed");
}
