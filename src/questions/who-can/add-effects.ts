import { addAll, type Bits } from "../../grants/bits.js";
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
  /** Sets of its own; others are shared, and copied before something is added. */
  private readonly own: Bits[] = [];

  /** @param begun what is said already */
  constructor(nobody: Bits, begun: Partial<TallySets> = {}) {
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

  /** Adds the places from one index of a list to before another. */
  add(name: keyof TallySets, places: Uint32Array, from: number, end: number): void {
    addAll(this.writable(name), places, from, end);
  }

  /** Every set: whoever is in none of them is not spoken of. */
  all(): readonly Bits[] {
    return SETS.map(([, name]) => this.sets[name]);
  }

  /** All of whom something was added, as a set to be given back. */
  spoken(): Bits {
    const spoken = borrowBits(this.sets.alone.length * 32);
    for (const bits of this.own)
      for (let word = 0; word < bits.length; word++) spoken[word] = (spoken[word] ?? 0) | (bits[word] ?? 0);
    return spoken;
  }

  /** Gives its sets back when nobody looks at them any more. */
  end(): void {
    giveBack(this.own);
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
  for (const [bit, name] of SETS) if ((bits & bit) !== 0) tally.add(name, places, from, end);
  if ((bits & CONDITIONAL) !== 0) tally.conditional.push({ effects, places, from, end });
}
