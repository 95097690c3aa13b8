import { addAll, addSet, addWordsIn, addWordsOf, type Bits, membersOf } from "../../grants/bits.js";
import { crowdOf } from "../../grants/crowds.js";
import { borrowBits, giveBack } from "../../grants/spare-bits.js";
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

/** Places of principals of whom policies say something. */
export interface TallySets {
  allowed: Bits;
  denied: Bits;
  /** Allowed, denied under conditions that are settled by two completions: see `ALLOWS_IF`. */
  allowedIf: Bits;
  deniedIf: Bits;
  /** Those about whom something is not known. */
  mayBeAllowed: Bits;
  mayBeAllowedIf: Bits;
  mayBeDenied: Bits;
  /** Those for whom it takes the tests themselves, which `conditional` has: tests that fit together otherwise, or too many. */
  tangled: Bits;
  /** Those whom only the judge can decide: see `ASK`. */
  alone: Bits;
}

/** What a statement says under conditions that are open: to the places from one index of a list to before another. */
export interface Contribution {
  readonly effects: Effects;
  readonly places: Uint32Array;
  readonly from: number;
  readonly end: number;
}

/** What policies make of a question, by place of the principals that they reach. */
export class Tally {
  readonly sets: TallySets;
  /** What hangs on open tests, statement by statement. */
  readonly conditional: Contribution[] = [];
  /** It is kept for other questions, and nothing is added any more. */
  isKept = false;
  /** Sets of its own; others are shared, and copied before something is added. */
  private readonly own: Bits[] = [];
  /** Words of the sets, each with a member of whom something was added. */
  private readonly touched: Bits;

  /** @param begun what is said already */
  constructor(nobody: Bits, begun: Partial<TallySets> = {}) {
    this.touched = borrowBits(nobody.length);
    this.sets = {
      allowed: nobody,
      denied: nobody,
      allowedIf: nobody,
      deniedIf: nobody,
      mayBeAllowed: nobody,
      mayBeAllowedIf: nobody,
      mayBeDenied: nobody,
      tangled: nobody,
      alone: nobody,
      ...begun,
    };
  }

  /** Adds the places from one index of a list to before another. @param crowd the same as a set, where there is one */
  add(name: keyof TallySets, places: Uint32Array, from: number, end: number, crowd: Bits | undefined): void {
    if (crowd === undefined) addAll(this.writable(name), places, from, end);
    else addSet(this.writable(name), crowd);
  }

  /** Tells of which places something is said. */
  touch(places: Uint32Array, from: number, end: number, crowd: Bits | undefined): void {
    if (crowd === undefined) addWordsOf(this.touched, places, from, end);
    else addWordsIn(this.touched, crowd);
  }

  /** Leaves places in ascending order to be decided one by one. */
  leave(places: readonly number[]): void {
    if (places.length === 0) return;
    const list = Uint32Array.from(places);
    this.add("alone", list, 0, list.length, undefined);
    this.touch(list, 0, list.length, undefined);
  }

  /** Every set: whoever is in none of them is not spoken of. */
  all(): readonly Bits[] {
    return SETS.map(([, name]) => this.sets[name]);
  }

  /** The words of the sets in which something was added, in ascending order. */
  words(): readonly number[] {
    return this.own.length === 0 ? [] : membersOf([this.touched]);
  }

  /** Those of a word of whom something is said, as bits; of a tally that was begun with nothing. */
  spokenIn(word: number): number {
    let spoken = 0;
    for (const bits of this.own) spoken |= bits[word] ?? 0;
    return spoken;
  }

  /** Gives its sets back when nobody looks at them any more. */
  end(): void {
    giveBack([...this.own, this.touched]);
  }

  /** A set that may be added to. */
  writable(name: keyof TallySets): Bits {
    const bits = this.sets[name];
    if (this.own.includes(bits)) return bits;
    const copy = borrowBits(bits.length * 32);
    copy.set(bits);
    this.sets[name] = copy;
    this.own.push(copy);
    return copy;
  }
}

/** What two tallies say together, the second of which was begun with nothing. */
export function joinTallies(tally: Tally, own: Tally, nobody: Bits): Tally {
  const joined = new Tally(nobody, tally.sets);
  for (const [, name] of SETS) {
    const [members, more] = [tally.sets[name], own.sets[name]];
    if (more !== nobody) joined.sets[name] = members.map((bits, word) => bits | (more[word] ?? 0));
  }
  for (const each of tally.conditional) joined.conditional.push(each);
  for (const each of own.conditional) joined.conditional.push(each);
  return joined;
}

const OPEN = ALLOWS_OPEN | DENIES_OPEN;
const CONDITIONAL = ALLOWS_IF | DENIES_IF | MAY_ALLOW_IF | OPEN;

const SETS: readonly (readonly [bits: number, name: keyof TallySets])[] = [
  [ASK, "alone"],
  [OPEN, "tangled"],
  [ALLOWS, "allowed"],
  [DENIES, "denied"],
  [ALLOWS_IF, "allowedIf"],
  [DENIES_IF, "deniedIf"],
  [MAY_ALLOW, "mayBeAllowed"],
  [MAY_ALLOW_IF, "mayBeAllowedIf"],
  [MAY_DENY, "mayBeDenied"],
];

/** Adds what a statement makes of a question to the places from one index of a list to before another. */
export function addEffects(tally: Tally, effects: Effects, places: Uint32Array, from: number, end: number): void {
  const { bits } = effects;
  if (bits === 0 || from === end) return;
  const isWhole = from === 0 && end === places.length;
  const crowd = isWhole ? crowdOf(places, tally.sets.alone.length) : undefined;
  tally.touch(places, from, end, crowd);
  for (const [bit, name] of SETS) if ((bits & bit) !== 0) tally.add(name, places, from, end, crowd);
  if ((bits & CONDITIONAL) !== 0) tally.conditional.push({ effects, places, from, end });
}
