import { bucketOf } from "../../grants/bucket-policies.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Grant } from "../../policy/grant.js";
import type { AccessQuestion } from "../access/access-question.js";
import { outsider } from "../access/asker.js";
import { decideFor } from "../access/decision.js";
import { outsiderName, outsidersNamed } from "../assume/outsiders.js";
import type { PrincipalAccess, WhoCanScope } from "./principal-access.js";

/** Those outside of the imported accounts whom the resource's own policy names, each decided; for questions of buckets. Yields before each. */
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

function bucketGrants({ bucketPolicies }: Snapshot, { resource }: AccessQuestion): readonly Grant[] {
  if (resource.form !== "EACH") return [...bucketPolicies.values()].flatMap(({ grants }) => grants);
  return resource.resources.flatMap((each) => bucketPolicies.get(bucketOf(each) ?? "")?.grants ?? []);
}

/**
 * Puts those outside among places that are in the order of names, behind whoever has the same name.
 *
 * @returns places, and of those outside `-1` less their index
 */
export function amongNames(
  principals: Snapshot["principals"],
  places: Int32Array,
  outside: readonly PrincipalAccess[],
  isDescending: boolean,
): Int32Array {
  const sign = isDescending ? -1 : 1;
  const strangers = outside.map((access, index) => ({ name: nameOf(access), index }));
  strangers.sort((a, b) => sign * compareNames(a.name, b.name));
  const all = new Int32Array(places.length + outside.length);
  let [from, at] = [0, 0];
  for (const { name, index } of strangers) {
    const end = firstBehind(places, from, (place) => sign * compareNames(principals[place]?.name ?? "", name) > 0);
    all.set(places.subarray(from, end), at);
    at += end - from;
    all[at++] = -1 - index;
    from = end;
  }
  all.set(places.subarray(from), at);
  return all;
}

/** Index of the first of some places that is behind what is looked for, from an index on. */
function firstBehind(places: Int32Array, from: number, isBehind: (place: number) => boolean): number {
  let [low, high] = [from, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(places[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nameOf({ decision: { asker } }: PrincipalAccess): string {
  return asker === undefined ? "" : outsiderName(asker.caller);
}
