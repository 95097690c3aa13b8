import type { Account } from "../../../inventory/principal.js";
import { asciiLower } from "../../../policy/ascii.js";
import { Refused, type Where } from "../refusal.js";
import type { Said } from "../said.js";

/** The account of an export and the domain behind the names of its users. */
export interface ExportedAccount {
  readonly account: Account;
  readonly domain?: string;
}

/** @throws Refused when the export does not tell its account, or tells two */
export function findAccount(said: readonly Said[]): ExportedAccount {
  const callers = said.filter((one) => one.kind === "caller");
  const [first] = callers;
  if (first === undefined) {
    const mend = "add the response of GetCallerIdentity (`aliyun sts GetCallerIdentity`)";
    throw new Refused("CALLER_MISSING", { file: "sts.GetCallerIdentity.json" }, "no account id is found", mend);
  }
  for (const { accountId, where } of callers) demandAccount(first.accountId, accountId, where);
  const name = said.find((one) => one.kind === "domain")?.name;
  if (name === undefined) return { account: { id: first.accountId } };
  const alias = /^(.+)\.onaliyun\.com$/i.exec(name)?.[1];
  const hasAlias = alias !== undefined && alias !== first.accountId;
  return { account: { id: first.accountId, ...(hasAlias ? { alias } : {}) }, domain: asciiLower(name) };
}

/** An export that mixes accounts would give one account's rights to another's principals. */
export function demandAccount(expected: string, found: string, where: Where): void {
  if (found === expected) return;
  const problem = `account \`${found}\` is named, the export is of \`${expected}\``;
  throw new Refused("ACCOUNTS_MIXED", where, problem, "keep one account's responses in one folder");
}
