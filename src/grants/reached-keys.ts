import type { Key } from "../inventory/keys.js";
import type { Snapshot } from "./snapshot.js";

/** Everybody whom a policy reaches, one after the other, in byte order of ARNs: what `reachedBy` has as one list. */
export function* reachedKeys(
  { reach, principals }: Pick<Snapshot, "reach" | "principals">,
  policy: Key,
): Generator<Key, void, undefined> {
  const number = reach.policyNumber(policy);
  if (number === undefined) return;
  for (const place of reach.reached(number)) {
    const principal = principals[place];
    if (principal !== undefined) yield principal.key;
  }
}
