import { addAll, addBit, type Bits } from "../../grants/bits.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import {
  ALLOWS,
  ALLOWS_IF,
  DENIES,
  DENIES_IF,
  MAY_ALLOW,
  MAY_ALLOW_IF,
  MAY_DENY,
} from "../../policy/prepared/effects.js";

/** What policies make of a question, by place of the principals that they reach. */
export interface Tally {
  readonly allowed: Bits;
  readonly denied: Bits;
  /** Allowed, denied under conditions that are settled by two completions: see `ALLOWS_IF`. */
  readonly allowedIf: Bits;
  readonly deniedIf: Bits;
  /** Those about whom something is not known. */
  readonly mayBeAllowed: Bits;
  readonly mayBeAllowedIf: Bits;
  readonly mayBeDenied: Bits;
  /** Those whom something else reaches: each has to be decided. */
  readonly alone: Bits;
}

/** A tally that is being filled. */
export interface Filling extends Tally {
  /** Open tests that each principal's answer hangs on, so that too many are noticed. Made when there are any. */
  tests: Uint8Array | undefined;
}

const PLAIN = ALLOWS | DENIES | ALLOWS_IF | DENIES_IF | MAY_ALLOW | MAY_ALLOW_IF | MAY_DENY;

/**
 * Adds what a statement makes of a question to the places from one index of a list to before another.
 * @param bits see `Effects`
 * @param openTests how many open tests that hangs on
 */
export function addEffects(
  tally: Filling,
  bits: number,
  openTests: number,
  places: Uint32Array,
  from: number,
  end: number,
): void {
  if (bits === 0) return;
  if ((bits & ~PLAIN) !== 0) addAll(tally.alone, places, from, end);
  if ((bits & ALLOWS) !== 0) addAll(tally.allowed, places, from, end);
  if ((bits & DENIES) !== 0) addAll(tally.denied, places, from, end);
  if ((bits & ALLOWS_IF) !== 0) addAll(tally.allowedIf, places, from, end);
  if ((bits & DENIES_IF) !== 0) addAll(tally.deniedIf, places, from, end);
  if ((bits & MAY_ALLOW) !== 0) addAll(tally.mayBeAllowed, places, from, end);
  if ((bits & MAY_ALLOW_IF) !== 0) addAll(tally.mayBeAllowedIf, places, from, end);
  if ((bits & MAY_DENY) !== 0) addAll(tally.mayBeDenied, places, from, end);
  if ((bits & (ALLOWS_IF | DENIES_IF | MAY_ALLOW_IF)) !== 0) addTests(tally, openTests, places, from, end);
}

/** Whom more open tests concern than are solved exactly is decided one by one. */
function addTests(tally: Filling, more: number, places: Uint32Array, from: number, end: number): void {
  tally.tests ??= new Uint8Array(tally.alone.length * 32);
  const { tests, alone } = tally;
  for (let at = from; at < end; at++) {
    const place = places[at] ?? 0;
    const count = Math.min(255, (tests[place] ?? 0) + more);
    tests[place] = count;
    if (count > MAX_ATOMS) addBit(alone, place);
  }
}
