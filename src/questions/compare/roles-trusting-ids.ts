import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { workTogetherFor } from "../../grants/work-together.js";
import type { Key } from "../../inventory/keys.js";
import { readPrincipalName } from "../../policy/caller.js";
import type { Grant } from "../../policy/grant.js";

/**
 * Roles whose trust names somebody by a bare id: whom that is hangs on which ids are known. Found once for each snapshot, yielding now
 * and then.
 */
export const rolesTrustingIds = workTogetherFor(findRoles);

/** How many roles are looked at before others get their turn. */
const STEP = 1_000;

function* findRoles({ roles, trusts }: Snapshot): Steps<ReadonlySet<Key>> {
  const found = new Set<Key>();
  const known = new Map<string, boolean>();
  let looked = 0;
  for (const [key, { trustPolicy = "" }] of roles) {
    if (++looked % STEP === 0) yield undefined;
    const isNaming = known.get(trustPolicy) ?? nameIds(trusts.get(key) ?? []);
    known.set(trustPolicy, isNaming);
    if (isNaming) found.add(key);
  }
  return found;
}

function nameIds(grants: readonly Grant[]): boolean {
  return grants.some(({ statement: { principals = [] } }) => {
    if (principals === "UNREADABLE") return false;
    return principals.some(({ text }) => readPrincipalName(text)?.kind === "BARE_ID");
  });
}
