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
  if (!inventory.gaps.some(mayBeSettled)) return inventory.gaps;
  const known = new Map<Key, boolean>(inventory.policies.map((policy) => [keyOfPolicy(policy), hasDocument(policy)]));
  const bearers = new Set(
    inventory.attachments
      .filter(({ policy }) => policy.startsWith("policy:SERVICE_LINKED:") && known.get(policy) === true)
      .map(({ principal }) => principal),
  );
  const roles = new Set(inventory.roles.map((role) => roleKey(role.accountId, role.name)));
  return gapsLeft(inventory.gaps, inventory, {
    isDocumentKnown: (policy) => known.get(policy),
    isRoleDocumentKnown: (role) => (roles.has(role) ? bearers.has(role) : undefined),
  });
}

/** What is known of the documents that gaps name. */
export interface KnownDocuments {
  /** Undefined for a policy that is not there. */
  readonly isDocumentKnown: (policy: Key) => boolean | undefined;
  /** Whether the document of a service-linked policy that the role bears is known; undefined for a role that is not there. */
  readonly isRoleDocumentKnown: (role: Key) => boolean | undefined;
}

/** The same for gaps as exports told them, where what is known can be looked up. */
export function gapsLeft(
  gaps: readonly Gap[],
  directory: Pick<Inventory, "directories" | "members">,
  documents: KnownDocuments,
): readonly Gap[] {
  const accounts = accountsOfDirectories(directory);
  return gaps.filter((gap) => {
    const { reason, subject, accountId } = gap;
    if (accountId === undefined || !mayBeSettled(gap)) return true;
    if (reason === "CONTROL_POLICIES_NOT_IMPORTED") return !accounts.has(accountId);
    return !isThereAfterAll(documents, accountId, subject);
  });
}

/** Most worlds have no such gap, and then nothing needs to be known of two hundred thousand policies and roles. */
function mayBeSettled({ reason, accountId }: Gap): boolean {
  return (
    accountId !== undefined && (reason === "CONTROL_POLICIES_NOT_IMPORTED" || reason === "POLICY_DOCUMENT_MISSING")
  );
}

function accountsOfDirectories({
  directories,
  members,
}: Pick<Inventory, "directories" | "members">): ReadonlySet<string> {
  return new Set([
    ...directories.map(({ managementAccountId }) => managementAccountId),
    ...members.map(({ accountId }) => accountId),
  ]);
}

/** Whether the document of the policy that a gap names, or of the service-linked role that it names, is there after all. */
function isThereAfterAll(documents: KnownDocuments, accountId: string, name: string): boolean {
  // A page's policy may bear the role's name, so that it is there does not mean that the role bears it.
  const ofRole = documents.isRoleDocumentKnown(roleKey(accountId, name));
  if (ofRole !== undefined) return ofRole;
  const shared = [policyKey("SYSTEM", undefined, name), policyKey("SERVICE_LINKED", undefined, name)];
  const own = [policyKey("CUSTOM", accountId, name), policyKey("CONTROL", accountId, name)];
  const meant = [...shared, ...own].flatMap((key) => documents.isDocumentKnown(key) ?? []);
  return meant.length > 0 && meant.every((isKnown) => isKnown);
}
