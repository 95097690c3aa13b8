import type { Command } from "commander";

interface BackupFlags {
  readonly overwrite?: true;
  readonly json?: true;
}

const examples = `
Servers go on meanwhile. The file holds all that the database holds, the digests of API tokens too: keep it as you
keep the database. \`ramgraph restore --check\` reads it without a database.

Examples:
  ramgraph backup ramgraph-2026-03-11.backup
  ramgraph backup - | ssh vault 'cat > ramgraph.backup'`;

export function addBackupCommand(program: Command): void {
  program
    .command("backup")
    .description("write all facts, their history, imports, pages and tokens to a file, as they are at one instant")
    .argument("<file>", "`-` for standard output")
    .option("--overwrite", "also where there is such a file already")
    .option("--json", "print the report as JSON")
    .addHelpText("after", examples)
    .action(runBackup);
}

async function runBackup(path: string, { overwrite, json }: BackupFlags): Promise<void> {
  const [{ withStore }, { backUpTo, backUpToFile }, { showProgress }, { readVersion }, { UsageRefused }] =
    await Promise.all([
      import("./with-store.js"),
      import("../app/run-backup.js"),
      import("./show-progress.js"),
      import("../app/read-version.js"),
      import("../app/failure.js"),
    ]);
  const isPiped = path === "-";
  if (isPiped && process.stdout.isTTY) throw new UsageRefused("a backup is no text for a terminal: name a file");
  // Half a backup is no backup: a pipe that breaks is a fault here.
  if (isPiped) process.stdout.removeAllListeners("error").on("error", () => undefined);
  const progress = showProgress();
  const options = { version: readVersion(), createdAt: new Date(), onProgress: progress.step };
  const report = await withStore(async (store) => {
    const writing = isPiped
      ? backUpTo(store, process.stdout, options)
      : backUpToFile(store, path, overwrite === true, options);
    return await writing.finally(progress.end);
  });
  const { revision, tables, rows } = report;
  const words = `revision ${revision}: ${rows} rows of ${tables} tables`;
  const output = isPiped ? process.stderr : process.stdout;
  output.write(`${json ? JSON.stringify(report) : words}\n`);
}
