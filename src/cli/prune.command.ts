import type { Command } from "commander";
import { withMigratedStore } from "./with-migrated-store.js";

interface PruneFlags {
  readonly olderThan?: string;
  readonly json?: true;
}

const examples = `
What held at that age is kept, so every instant since can still be asked about. A server prunes by itself where
RAMGRAPH_RETENTION is set.

Example:
  ramgraph prune --older-than 90d`;

export function addPruneCommand(program: Command): void {
  program
    .command("prune")
    .description("remove revisions that gave way to others long ago")
    .option("--older-than <age>", "e.g. 90d, 12h, 8w, 2y; left out: RAMGRAPH_RETENTION")
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action(runPrune);
}

async function runPrune({ olderThan, json }: PruneFlags): Promise<void> {
  const { prune } = await import("../app/past-imports.js");
  const seconds = await readAge(olderThan);
  const report = await withMigratedStore((store) => prune(store, seconds));
  const { oldest, revisions, rows } = report;
  const words = `${revisions} revisions and ${rows} rows of history removed; the oldest revision is ${oldest}`;
  process.stdout.write(`${json ? JSON.stringify(report) : words}\n`);
}

async function readAge(text: string | undefined): Promise<number> {
  const [{ readConfig }, { readRetention, retentionForm }, { UsageRefused }] = await Promise.all([
    import("../app/config.js"),
    import("../app/retention.js"),
    import("../app/failure.js"),
  ]);
  const seconds = text === undefined ? readConfig(process.env).retention : readRetention(text);
  if (seconds !== undefined) return seconds;
  const given = text === undefined ? "RAMGRAPH_RETENTION is not set; give `--older-than`, which" : `\`${text}\``;
  throw new UsageRefused(`${given} ${retentionForm}`);
}
