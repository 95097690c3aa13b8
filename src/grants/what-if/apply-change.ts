import { type Key, policyKey, roleKey } from "../../inventory/keys.js";
import type { Finding } from "../../policy/finding.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { keepPlans } from "../keep-plans.js";
import { shareNameOrder } from "../name-order.js";
import type { Snapshot } from "../snapshot.js";
import { snapshotOf } from "../snapshot-of.js";
import { updateSnapshot } from "../update-snapshot.js";
import type { Change, Effect } from "./change.js";
import { attachPolicy, detachPolicy } from "./change-attachment.js";
import { deletePolicy, putPolicy } from "./change-policy.js";
import { deleteRole, putRole } from "./change-role.js";
import { supposedSource } from "./supposed-source.js";

/** The snapshot as it would be, or why the change cannot be made. */
export type Supposed =
  | { readonly value: Snapshot }
  | { readonly refusal: { readonly field: string; readonly message: string } };

/**
 * A snapshot that is about to be changed.
 * @param sha256 of all changes, in lower-case hex digits; tells the worlds of different changes apart
 */
export function suppose(snapshot: Snapshot, sha256: string): Snapshot {
  const changed = updateSnapshot(snapshot, { sources: { put: [supposedSource(snapshot, sha256)] } });
  return withHypothesis(changed, { sha256, documents: new Map() });
}

/** Makes one hypothetical edit. The snapshot given stays as it is; the new one shares with it all that is the same. */
export function applyChange(snapshot: Snapshot, change: Change): Supposed {
  const effect = effectOf(snapshot, change);
  if ("refusal" in effect) return effect;
  const { hypothesis } = snapshot;
  const updated = updateSnapshot(snapshot, effect.change);
  if (hypothesis === undefined) return { value: updated };
  const documents = withDocument(updated, hypothesis.documents, change);
  return { value: withHypothesis(updated, { sha256: hypothesis.sha256, documents }) };
}

/** The facts are the same, and so are their lists by name and what was worked out of actions. */
function withHypothesis(snapshot: Snapshot, hypothesis: Snapshot["hypothesis"]): Snapshot {
  const supposed = snapshotOf({ ...snapshot, hypothesis });
  shareNameOrder(snapshot, supposed, {});
  keepPlans(snapshot, supposed, {});
  return supposed;
}

function effectOf(snapshot: Snapshot, change: Change): Effect {
  switch (change.kind) {
    case "attachPolicy":
      return attachPolicy(snapshot, change);
    case "detachPolicy":
      return detachPolicy(snapshot, change);
    case "putPolicy":
      return putPolicy(snapshot, change.policy);
    case "deletePolicy":
      return deletePolicy(snapshot, change.policy);
    case "putRole":
      return putRole(snapshot, change.role);
    case "deleteRole":
      return deleteRole(snapshot, change.role);
  }
}

/** What was found in each document that was put and still stands. */
function withDocument(
  { policies, roles }: Snapshot,
  documents: ReadonlyMap<Key, readonly Finding[]>,
  change: Change,
): ReadonlyMap<Key, readonly Finding[]> {
  const found = new Map(documents);
  if (change.kind === "putPolicy") {
    const key = policyKey("CUSTOM", change.policy.accountId, change.policy.name);
    found.set(key, policies.get(key)?.findings ?? []);
  }
  if (change.kind === "putRole") {
    found.set(roleKey(change.role.accountId, change.role.name), parsePolicy(change.role.trustPolicy, "TRUST").findings);
  }
  return new Map([...found].filter(([key]) => policies.has(key) || roles.has(key)));
}
