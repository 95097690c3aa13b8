import type { Candidate } from "../../grants/candidate.js";
import type { ScopedPlaces } from "../../grants/policy-places.js";
import type { Reach } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Context } from "../../policy/conditions/context.js";
import { type Effects, effectsWhenOpen, uncertain } from "../../policy/prepared/effects.js";
import { mayBeKnown } from "../access/known-context.js";
import { addEffects, type Tally } from "./add-effects.js";

/** How many statements are added before others get their turn. */
const STEP = 16;

/** What a policy says to whom it reaches within resource groups. */
export interface ScopedEffects {
  readonly effects: Effects;
  readonly places: ScopedPlaces;
}

/** A statement says the same of every request for the action that it covers and that leaves open what it tests: nothing of that is known. */
export function isSteady(snapshot: Snapshot, foldedAction: string, { statement: { tests } }: Candidate): boolean {
  return !tests.some(({ foldedKey }) => mayBeKnown(snapshot, foldedAction, foldedKey));
}

/** All that statements test. */
export function keysOf(held: readonly Candidate[]): ReadonlySet<string> {
  return new Set(held.flatMap(({ statement }) => statement.tests.map(({ foldedKey }) => foldedKey)));
}

/** Whether a question leaves open all these keys, as far as they are not known of every request. */
export function leavesOpen({ mode, entries }: Context, keys: ReadonlySet<string>): boolean {
  return mode === "OPEN" && ![...entries.keys()].some((key) => keys.has(key));
}

/**
 * Adds what statements that cover the request make of it when all that they test is open, at account scope. Yields now and then.
 *
 * @returns what they make of it within resource groups
 */
export function* addHeld(
  tally: Tally,
  reach: Reach,
  held: readonly Candidate[],
): Generator<undefined, readonly ScopedEffects[], undefined> {
  const scoped: ScopedEffects[] = [];
  for (const [at, { policy, statement, whenOpen }] of held.entries()) {
    if (at % STEP === 0) yield undefined;
    const effects = whenOpen ?? effectsWhenOpen(statement);
    const { wide, scoped: places } = reach.places(policy);
    addEffects(tally, effects, wide, 0, wide.length);
    if (places.places.length > 0) scoped.push({ effects, places });
  }
  return scoped;
}

/** Adds what counts within resource groups where it is not known of any whether the resource is in it. */
export function addLost(tally: Tally, scoped: readonly ScopedEffects[]): void {
  for (const { effects, places } of scoped)
    addEffects(tally, uncertain(effects), places.places, 0, places.places.length);
}
