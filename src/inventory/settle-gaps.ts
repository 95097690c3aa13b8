import { hasDocument } from "./has-document.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { type Key, policyKey, roleKey } from "./keys.js";
import type { Gap } from "./source.js";

/**
 * The gaps that are left when all sources are taken together. An export tells what it lacks by itself; another one, or a
 * page, may bring it: control policies come with the management account's export, documents of system policies with
 * anybody's.
 */
export function settleGaps(inventory: Inventory): readonly Gap[] {
  const accounts = accountsOfDirectories(inventory);
  const isDocumentKnown = indexDocuments(inventory);
  return inventory.gaps.filter(({ reason, subject, accountId }) => {
    if (accountId === undefined) return true;
    if (reason === "CONTROL_POLICIES_NOT_IMPORTED") return !accounts.has(accountId);
    return reason !== "POLICY_DOCUMENT_MISSING" || !isDocumentKnown(accountId, subject);
  });
}

function accountsOfDirectories({ directories, members }: Inventory): ReadonlySet<string> {
  return new Set([
    ...directories.map(({ managementAccountId }) => managementAccountId),
    ...members.map(({ accountId }) => accountId),
  ]);
}

/** Whether the policy that a gap names, or the policy of the service-linked role that it names, is there after all. */
function indexDocuments(inventory: Inventory): (accountId: string, name: string) => boolean {
  const known = new Map<Key, boolean>(inventory.policies.map((policy) => [keyOfPolicy(policy), hasDocument(policy)]));
  const bearers = new Set(
    inventory.attachments
      .filter(({ policy }) => policy.startsWith("policy:SERVICE_LINKED:") && known.get(policy) === true)
      .map(({ principal }) => principal),
  );
  const roles = new Set(inventory.roles.map((role) => roleKey(role.accountId, role.name)));
  return (accountId, name) => {
    // A page's policy may bear the role's name, so that it is there does not mean that the role bears it.
    if (roles.has(roleKey(accountId, name))) return bearers.has(roleKey(accountId, name));
    const shared = [policyKey("SYSTEM", undefined, name), policyKey("SERVICE_LINKED", undefined, name)];
    const own = [policyKey("CUSTOM", accountId, name), policyKey("CONTROL", accountId, name)];
    const meant = [...shared, ...own].flatMap((key) => known.get(key) ?? []);
    return meant.length > 0 && meant.every((isKnown) => isKnown);
  };
}
