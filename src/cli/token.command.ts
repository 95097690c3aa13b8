import { type Command, InvalidArgumentError } from "commander";
import { readRetention, retentionForm } from "../app/retention.js";
import type { ListedToken } from "../app/run-tokens.js";
import { withMigratedStore } from "./with-migrated-store.js";

interface CreateFlags {
  readonly name: string;
  readonly accounts?: readonly string[];
  readonly allAccounts?: true;
  readonly expires?: number;
  readonly explore?: true;
  readonly json?: true;
}

const jsonFlag = ["--json", "print the result as JSON"] as const;

export function addTokenCommands(program: Command): void {
  const group = program.command("token").description("API tokens: make one, list them, end one (RAMGRAPH_AUTH=tokens)");
  group
    .command("create")
    .description("make a token; it is shown once and kept nowhere")
    .requiredOption("--name <name>", "whose it is, for the audit log")
    .option("--accounts <ids>", "accounts that its holder sees, divided by commas", listOf)
    .option("--all-accounts", "its holder sees every account, also those that come later")
    .option("--expires <age>", "after how long it is worth nothing, e.g. 12h, 30d, 8w, 1y (default: 90d)", lifetime)
    .option("--explore", "its holder may read the schema where RAMGRAPH_INTROSPECTION is explorers")
    .option(...jsonFlag)
    .addHelpText(
      "after",
      "\nExample:\n  ramgraph token create --name dashboard --accounts 1234567890123456 --expires 30d",
    )
    .action(runCreate);
  group
    .command("list")
    .description("all tokens, also those that are over")
    .option(...jsonFlag)
    .addHelpText("after", "\nExample:\n  ramgraph token list --json")
    .action(runList);
  group
    .command("revoke")
    .description("end a token; running servers know within a second")
    .argument("<id>", "as `ramgraph token list` shows it")
    .addHelpText("after", "\nExample:\n  ramgraph token revoke 0f1e2d3c4b5a6978")
    .action(runRevoke);
}

function listOf(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim());
}

function lifetime(text: string): number {
  const seconds = readRetention(text);
  if (seconds === undefined) throw new InvalidArgumentError(`It ${retentionForm}.`);
  return seconds;
}

async function runCreate({
  name,
  accounts,
  allAccounts,
  expires = 90 * 86_400,
  explore,
  json,
}: CreateFlags): Promise<void> {
  const [{ mintToken }, { UsageRefused }] = await Promise.all([
    import("../app/mint-token.js"),
    import("../app/failure.js"),
  ]);
  if ((accounts === undefined) === (allAccounts === undefined)) {
    throw new UsageRefused("say what the token's holder sees: either --accounts with ids, or --all-accounts");
  }
  const wish = { name, accountIds: accounts ?? null, mayExplore: explore === true, lifetime: expires };
  const minted = await withMigratedStore(({ db }) => mintToken(db, wish));
  if (json) return void process.stdout.write(`${JSON.stringify(minted)}\n`);
  process.stdout.write(`${minted.token}\n`);
  process.stderr.write(`token ${minted.id} holds until ${minted.expiresAt.toISOString()}; it is not shown again\n`);
}

async function runList({ json }: { readonly json?: true }): Promise<void> {
  const { listTokens } = await import("../app/run-tokens.js");
  const tokens = await withMigratedStore(({ db }) => listTokens(db));
  if (json) return void process.stdout.write(`${JSON.stringify(tokens)}\n`);
  process.stdout.write(tokens.length === 0 ? "there are no tokens\n" : tokens.map(describe).join(""));
}

function describe({ id, name, accountIds, expiresAt, state, mayExplore }: ListedToken): string {
  const sees = accountIds === null ? "all accounts" : accountIds.join(", ");
  return `${id}  ${state.padEnd(7)}  until ${expiresAt}  ${name}: ${sees}${mayExplore ? ", may explore" : ""}\n`;
}

async function runRevoke(id: string): Promise<void> {
  const { revokeToken } = await import("../app/run-tokens.js");
  await withMigratedStore(({ db }) => revokeToken(db, id));
  process.stdout.write(`token ${id} is revoked\n`);
}
