import type { Snapshot } from "../../grants/snapshot.js";
import { roleKey, userKey } from "../../inventory/keys.js";
import { type Caller, readPrincipalName } from "../../policy/caller.js";
import type { Grant } from "../../policy/grant.js";
import type { PrincipalPattern } from "../../policy/principal-pattern.js";

/**
 * Those whom statements name and who are no imported user or role: services, identity providers, whole accounts, identities
 * of accounts that were never imported, and anyone. Each once, in order of kind and name.
 */
export function outsidersNamed(snapshot: Snapshot, grants: readonly Grant[]): readonly Caller[] {
  const found = new Map<string, Caller>();
  for (const { statement } of grants) {
    if (statement.principals === undefined || statement.principals === "UNREADABLE") continue;
    for (const pattern of statement.principals) {
      const caller = outsiderOf(snapshot, pattern);
      if (caller !== undefined) found.set(outsiderName(caller), caller);
    }
  }
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, caller]) => caller);
}

/** Tells outsiders apart and orders them. */
export function outsiderName({ kind, accountId, name, ramId, serviceName }: Caller): string {
  return [kind, serviceName ?? accountId ?? "", name ?? ramId ?? ""].join(" ");
}

function outsiderOf(snapshot: Snapshot, { kind, text }: PrincipalPattern): Caller | undefined {
  if (kind === "SERVICE") return { kind: "SERVICE", serviceName: text };
  if (text === "*") return { kind: "ANYONE" };
  const named = readPrincipalName(text);
  switch (named?.kind) {
    case undefined:
      return undefined;
    case "BARE_ID":
      return bareOutsider(snapshot, named.id);
    case "ACCOUNT":
      return snapshot.accounts.has(named.accountId) ? undefined : named;
    case "USER":
      return snapshot.users.has(userKey(named.accountId, named.name)) ? undefined : named;
    case "ROLE":
      return snapshot.roles.has(roleKey(named.accountId, named.name)) ? undefined : named;
    case "SAML_PROVIDER":
    case "OIDC_PROVIDER":
      return named;
  }
}

/** A bare id may be an account's, or that of a user or role; what no import explains is shown as an account. */
function bareOutsider({ accounts, ramIds }: Snapshot, id: string): Caller | undefined {
  return accounts.has(id) || ramIds.has(id) ? undefined : { kind: "ACCOUNT", accountId: id };
}
