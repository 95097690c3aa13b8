import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { ForgetReport, KnownAccount } from "../app/past-imports.js";
import { withMigratedStore } from "./with-migrated-store.js";

interface ForgetFlags {
  readonly purge?: true;
  readonly yes?: true;
  readonly json?: true;
}

const examples = `
Without --purge, earlier revisions still show the account, and \`ramgraph imports revert\` brings it back.

Examples:
  ramgraph forget account 1234567890123456
  ramgraph forget account 1234567890123456 --purge --yes`;

export function addForgetCommands(program: Command): void {
  const group = program.command("forget").description("remove facts that are no longer wanted");
  group
    .command("account")
    .description("remove an account with all that its imports said, as a new revision")
    .argument("<id>", "the account's number")
    .option("--purge", "from history and from the list of imports too; nothing brings it back")
    .option("--yes", "do not ask first")
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action(runForget);
}

async function runForget(id: string, { purge, yes, json }: ForgetFlags): Promise<void> {
  const { describeAccount, forget } = await import("../app/past-imports.js");
  const report = await withMigratedStore(async (store) => {
    const account = await describeAccount(store, id);
    if (yes !== true) await confirm(account, purge === true);
    return await forget(store, id, purge === true);
  });
  process.stdout.write(`${json ? JSON.stringify(report) : await describeReport(id, report)}\n`);
}

/** @throws UsageRefused where nobody can be asked, Failure for another answer than the account's number */
async function confirm({ id, alias, users, groups, roles }: KnownAccount, purge: boolean): Promise<void> {
  const [{ Failure, UsageRefused }, { showText }] = await Promise.all([
    import("../app/failure.js"),
    import("./answer/show-text.js"),
  ]);
  if (!process.stdin.isTTY) throw new UsageRefused("nobody is there to confirm it; give `--yes` to remove it unasked");
  const name = alias === null ? id : `${id} (${showText(alias)})`;
  const reach = purge ? "and all of its history, for good" : "as a new revision";
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const answer = await lines.question(
    `remove account ${name} with ${users} users, ${groups} groups and ${roles} roles ${reach}? its number again: `,
  );
  lines.close();
  if (answer.trim() !== id) throw new Failure("that is not its number; nothing was removed");
}

async function describeReport(id: string, report: ForgetReport): Promise<string> {
  const { describeChange } = await import("./describe-runs.js");
  const erased = report.erased === 0 ? "" : `; ${report.erased} rows of history and records erased`;
  const mentions = report.mentions.map(({ table, rows }) => `${table} ${rows}`).join(", ");
  const named = mentions === "" ? "" : `\nother sources still name ${id}, and what they say stays: rows of ${mentions}`;
  return `${describeChange(report)}${erased}${named}`;
}
