import { bucketOf } from "../../grants/bucket-policies.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Grant } from "../../policy/grant.js";
import type { AccessQuestion } from "../access/access-question.js";
import { outsider } from "../access/asker.js";
import { decideFor } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { outsidersNamed } from "../assume/outsiders.js";
import type { PrincipalAccess, WhoCanScope } from "./principal-access.js";

/** Those outside of the imported accounts whom the resource's own policy names, each decided. Yields before each. */
export function* outsideAccess(
  snapshot: Snapshot,
  question: AccessQuestion,
  { types, accountIds }: WhoCanScope,
): Generator<undefined, readonly PrincipalAccess[], undefined> {
  if (accountIds !== undefined || !(types?.has("EXTERNAL") ?? true)) return [];
  const outsiders = outsidersNamed(snapshot, bucketGrants(snapshot, question)).filter(({ kind }) => kind !== "SERVICE");
  const rows: PrincipalAccess[] = [];
  for (const caller of outsiders) {
    yield undefined;
    rows.push({ decision: decideFor(snapshot, outsider(caller), question) });
  }
  return rows;
}

function bucketGrants(snapshot: Snapshot, { actions, resource }: AccessQuestion): readonly Grant[] {
  const { bucketPolicies } = snapshot;
  if (!isGrantedByResources(snapshot, actions)) return [];
  if (resource.form !== "EACH") return [...bucketPolicies.values()].flatMap(({ grants }) => grants);
  return resource.resources.flatMap((each) => bucketPolicies.get(bucketOf(each) ?? "")?.grants ?? []);
}
