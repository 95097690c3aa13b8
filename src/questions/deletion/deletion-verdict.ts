import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { Verdict } from "../../policy/decide.js";
import { assumersOf } from "../assume/assumers.js";
import { permissions } from "../permissions/permissions.js";
import type { RoleDeletion } from "./role-deletion.js";

/** What deleting a role does. */
export type DeletionVerdict = "SAFE" | "BREAKS_FEATURES" | "BLOCKED_UNTIL_RESOURCES_REMOVED" | "UNDETERMINED";

/**
 * In one word: blocked where its page names what to delete first; breaking where a feature is lost, or access that somebody gets
 * to; undetermined where only unknown facts stand between; else safe. Yields before each decision.
 */
export function* deletionVerdict(
  snapshot: Snapshot,
  role: Role,
  deletion: RoleDeletion,
): Generator<undefined, DeletionVerdict, undefined> {
  if (deletion.mustRemoveFirst.length > 0) return "BLOCKED_UNTIL_RESOURCES_REMOVED";
  if (deletion.lostFeatures.length > 0) return "BREAKS_FEATURES";
  const [use, access] = [bestOf(yield* usesOf(snapshot, role)), bestOf(yield* accessOf(snapshot, role))];
  if (use === "CERTAIN" && access === "CERTAIN") return "BREAKS_FEATURES";
  const isOpen = use !== "NONE" && access !== "NONE";
  return isOpen || deletion.isPurposeUnknown ? "UNDETERMINED" : "SAFE";
}

type Verdicts = Generator<undefined, readonly Verdict[], undefined>;

function* usesOf(snapshot: Snapshot, role: Role): Verdicts {
  // A role of the documentation stands for that role in any account, where its service assumes it.
  if (role.accountId === CATALOG_ACCOUNT) return ["ALLOWED"];
  return (yield* assumersOf(snapshot, role, false)).map(({ decision }) => decision.verdict);
}

function* accessOf(snapshot: Snapshot, role: Role): Verdicts {
  const principal = snapshot.principalByKey.get(roleKey(role.accountId, role.name));
  const answer = principal && (yield* permissions(snapshot, principal, {}));
  return answer === undefined || "refusal" in answer ? [] : answer.value.rows.map(({ decision }) => decision.verdict);
}

/** Something under a condition is something. */
function bestOf(verdicts: readonly Verdict[]): "CERTAIN" | "OPEN" | "NONE" {
  if (verdicts.some((verdict) => verdict === "ALLOWED" || verdict === "CONDITIONAL")) return "CERTAIN";
  return verdicts.length > 0 ? "OPEN" : "NONE";
}
