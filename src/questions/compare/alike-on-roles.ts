import { placeOf } from "../../grants/place-of.js";
import { someInSteps } from "../../grants/some-in-steps.js";
import type { Steps } from "../../grants/steps.js";
import { mayHop } from "../assume/hoppers.js";
import { startHops } from "../assume/hops.js";
import type { Pair } from "./access-change.js";

/** Gives pairs that differ in the same on assuming roles the same text; undefined for one that is like no other. */
export type AlikeOnRoles = (pair: Pair) => string | undefined;

const LIKE_NO_OTHER: AlikeOnRoles = () => undefined;

/**
 * Tells which pairs of the same two states are alike in assuming the roles that differ: those about whom the same is said in both,
 * where the trust of these roles tells nobody apart. Yields now and then.
 */
export function* alikeOnRoles(pairs: readonly Pair[]): Steps<AlikeOnRoles> {
  const first = pairs.find(({ roles }) => roles !== undefined);
  if (first?.roles === undefined) return LIKE_NO_OTHER;
  const before = yield* startHops(first.base.snapshot);
  const after = yield* startHops(first.head.snapshot);
  const states = [before, after];
  const isPersonal = yield* someInSteps(first.roles, (role) =>
    states.some(({ roles }) => roles.get(role)?.isPersonal === true),
  );
  if (isPersonal) return LIKE_NO_OTHER;
  return ({ base, head, roles }) => {
    if (roles !== first.roles || !mayHop(base.principal) || !mayHop(head.principal)) return undefined;
    const [mine, theirs] = [placeOf(before.snapshot, base.principal), placeOf(after.snapshot, head.principal)];
    if (mine === undefined || theirs === undefined) return undefined;
    // Who is in no group may assume nothing.
    return `${before.hoppers.numberOf(mine)} ${after.hoppers.numberOf(theirs)}`;
  };
}
