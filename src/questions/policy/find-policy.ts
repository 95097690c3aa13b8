import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { findByName, type NameMatch } from "../../grants/find-by-name.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, policyKey } from "../../inventory/keys.js";
import type { PolicyType } from "../../inventory/policy.js";

/** Policies of accounts go before those of the cloud, as a name that an account gave goes before the catalog's. */
const PRECEDENCE: readonly PolicyType[] = ["CUSTOM", "CONTROL", "SYSTEM", "SERVICE_LINKED"];

/**
 * Looks a policy up by name.
 * @param type left out, the first of the types that has the name
 * @param accountId digits, or `catalog` for policies that belong to the cloud; left out, all
 */
export function findPolicy(
  snapshot: Snapshot,
  name: string,
  type: PolicyType | undefined,
  accountId: string | undefined,
): NameMatch<CompiledPolicy> {
  for (const each of type === undefined ? PRECEDENCE : [type]) {
    const match = findOfType(snapshot, name, each, accountId);
    if (match.kind !== "NONE") return match;
  }
  return { kind: "NONE" };
}

function findOfType(
  snapshot: Snapshot,
  name: string,
  type: PolicyType,
  accountId: string | undefined,
): NameMatch<CompiledPolicy> {
  if (type === "CUSTOM" || type === "CONTROL") {
    return findByName(snapshot, snapshot.policies, (account) => policyKey(type, account, name), accountId);
  }
  const fact = snapshot.policies.get(policyKey(type, undefined, name));
  const isWanted = accountId === undefined || accountId === CATALOG_ACCOUNT;
  return fact === undefined || !isWanted ? { kind: "NONE" } : { kind: "ONE", fact };
}
