import type { Snapshot } from "../../../grants/snapshot.js";
import { type Key, roleKey, userKey } from "../../../inventory/keys.js";
import type { Role, User } from "../../../inventory/principal.js";
import { readPrincipalName } from "../../../policy/caller.js";
import type { PrincipalRule } from "../principal-rule.js";

export const danglingTrust: PrincipalRule = {
  code: "DANGLING_TRUST",
  severity: "SECURITY_WARNING",
  why: "The role trusts a user or role that its account does not have. Whoever creates one of that name may assume the role.",
  mend: "Remove the name from the trust policy.",
  find: (snapshot, { key }) => {
    const names = (snapshot.trusts.get(key) ?? []).flatMap(({ statement: { principals, effect } }) =>
      principals === undefined || principals === "UNREADABLE" || effect !== "ALLOW" ? [] : principals,
    );
    const dangling = names
      .filter(({ kind, text }) => kind === "RAM" && isMissing(snapshot, text))
      .map(({ text }) => text);
    return [...new Set(dangling)].map((text) => ({
      message: `the trust policy names \`${text}\`, which does not exist`,
    }));
  },
};

/** Is it known that nobody has that name? Of accounts whose users or roles were not imported nothing is. */
function isMissing({ users, roles }: Snapshot, text: string): boolean {
  const named = readPrincipalName(text);
  if (named === undefined || !("name" in named)) return false;
  const { kind, accountId, name } = named;
  if (kind === "USER") return !users.has(userKey(accountId, name)) && isImported(users, accountId);
  return kind === "ROLE" && !roles.has(roleKey(accountId, name)) && isImported(roles, accountId);
}

type Rows = ReadonlyMap<Key, User | Role>;

/** Accounts that have users, or roles: there may be hundreds of thousands to look through, and many names in a trust policy. */
const IMPORTED = new WeakMap<Rows, ReadonlySet<string>>();

function isImported(rows: Rows, accountId: string): boolean {
  const known = IMPORTED.get(rows) ?? accountsOf(rows);
  IMPORTED.set(rows, known);
  return known.has(accountId);
}

function accountsOf(rows: Rows): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { accountId } of rows.values()) accounts.add(accountId);
  return accounts;
}
