import { addAll, addBit, type Bits } from "../../grants/bits.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import {
  ALLOWS,
  ALLOWS_IF,
  ALLOWS_OPEN,
  ASK,
  DENIES,
  DENIES_IF,
  DENIES_OPEN,
  type Effects,
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
  /** Those for whom it takes the tests themselves, which `conditional` has: tests that fit together otherwise, or too many. */
  readonly tangled: Bits;
  /** Those whom only the judge can decide: see `ASK`. */
  readonly alone: Bits;
  /** What hangs on open tests, statement by statement. */
  readonly conditional: readonly Contribution[];
}

/** What a statement says under conditions that are open: to the places from one index of a list to before another. */
export interface Contribution {
  readonly effects: Effects;
  readonly places: Uint32Array;
  readonly from: number;
  readonly end: number;
}

/** A tally that is being filled. */
export interface Filling extends Tally {
  readonly conditional: Contribution[];
  /** Open tests that each principal's answer hangs on, so that too many are noticed. Made when there are any. */
  tests: Uint8Array | undefined;
}

const OPEN = ALLOWS_OPEN | DENIES_OPEN;
const CONDITIONAL = ALLOWS_IF | DENIES_IF | MAY_ALLOW_IF | OPEN;

/** Adds what a statement makes of a question to the places from one index of a list to before another. */
export function addEffects(tally: Filling, effects: Effects, places: Uint32Array, from: number, end: number): void {
  const { bits } = effects;
  if (bits === 0) return;
  if ((bits & ASK) !== 0) addAll(tally.alone, places, from, end);
  if ((bits & OPEN) !== 0) addAll(tally.tangled, places, from, end);
  if ((bits & ALLOWS) !== 0) addAll(tally.allowed, places, from, end);
  if ((bits & DENIES) !== 0) addAll(tally.denied, places, from, end);
  if ((bits & ALLOWS_IF) !== 0) addAll(tally.allowedIf, places, from, end);
  if ((bits & DENIES_IF) !== 0) addAll(tally.deniedIf, places, from, end);
  if ((bits & MAY_ALLOW) !== 0) addAll(tally.mayBeAllowed, places, from, end);
  if ((bits & MAY_ALLOW_IF) !== 0) addAll(tally.mayBeAllowedIf, places, from, end);
  if ((bits & MAY_DENY) !== 0) addAll(tally.mayBeDenied, places, from, end);
  if ((bits & CONDITIONAL) === 0) return;
  tally.conditional.push({ effects, places, from, end });
  addTests(tally, effects.allowingTests + effects.denyingTests, places, from, end);
}

/** More open tests than are solved exactly. */
function addTests(tally: Filling, more: number, places: Uint32Array, from: number, end: number): void {
  tally.tests ??= new Uint8Array(tally.alone.length * 32);
  const { tests, tangled } = tally;
  for (let at = from; at < end; at++) {
    const place = places[at] ?? 0;
    const count = Math.min(255, (tests[place] ?? 0) + more);
    tests[place] = count;
    if (count > MAX_ATOMS) addBit(tangled, place);
  }
}
