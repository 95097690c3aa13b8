import { type Bits, maskOf, pushMembers } from "../../grants/bits.js";
import { CountedBits } from "../../grants/counted-bits.js";
import type { AccountRange } from "../../grants/principal-ranges.js";
import { borrowBits } from "../../grants/spare-bits.js";
import type { Verdict } from "../../policy/decide.js";
import type { TallySets } from "./add-effects.js";

/** Places of principals by verdict. */
export type VerdictSets = Readonly<Record<Verdict, CountedBits>>;

/** What is settled, and who is not. */
export interface Settled {
  readonly sets: VerdictSets;
  /** Those who are left to be decided one by one. */
  readonly left: number[];
  /** Those whose verdict hangs on how the tests that were counted fit together, and on nothing else. */
  readonly unsolved: number[];
}

/** @param setOf gives what a set holds in the beginning; those of verdicts that are not wanted say nothing */
export function verdictSets(wanted: ReadonlySet<Verdict>, setOf: (verdict: Verdict) => CountedBits): VerdictSets {
  const each = (verdict: Verdict) => (wanted.has(verdict) ? setOf(verdict) : UNWANTED);
  return {
    ALLOWED: each("ALLOWED"),
    CONDITIONAL: each("CONDITIONAL"),
    UNDETERMINED: each("UNDETERMINED"),
    IMPLICIT_DENY: each("IMPLICIT_DENY"),
    EXPLICIT_DENY: each("EXPLICIT_DENY"),
  };
}

/** What is added to it is lost. */
const UNWANTED = new CountedBits(new Uint32Array());

export function nothingSettled({ length }: Bits, wanted: ReadonlySet<Verdict>): Settled {
  const sets = verdictSets(wanted, () => new CountedBits(borrowBits(length * 32)));
  return { sets, left: [], unsolved: [] };
}

/** Whose verdicts are named, and whether an Allow reaches the resource: all bits or none. */
interface Named {
  readonly range: Pick<AccountRange, "start" | "end">;
  readonly who: Bits;
  readonly reached: number;
}

/** Nothing but the identity policies and the border between accounts counts. */
export function settleRange(settled: Settled, a: TallySets, b: TallySets, { range, who, reached }: Named): void {
  for (let word = range.start >>> 5; word * 32 < range.end; word++) {
    const mask = maskOf(word, range.start, range.end) & (who[word] ?? 0);
    if (mask !== 0) settleWord(settled, a, b, { word, mask, reached });
  }
}

/** Some principals of one word, as bits, and whether an Allow reaches the resource. */
interface WordNamed {
  readonly word: number;
  readonly mask: number;
  readonly reached: number;
}

/** `verdictOfEffects` for 32 principals at once; what the sets said of them before is forgotten. */
export function settleWord(
  { sets, left, unsolved }: Settled,
  a: TallySets,
  b: TallySets,
  { word, mask, reached }: WordNamed,
): void {
  const denied = either(a.denied, b.denied, word);
  const allowed = either(a.allowed, b.allowed, word) & reached;
  const allowedIf = either(a.allowedIf, b.allowedIf, word) & reached & ~allowed;
  const mayAllow = either(a.mayBeAllowed, b.mayBeAllowed, word) & reached & ~allowed;
  const mayAllowIf = either(a.mayBeAllowedIf, b.mayBeAllowedIf, word) & reached & ~allowed & ~mayAllow;
  const deniedIf = either(a.deniedIf, b.deniedIf, word);
  const mayDeny = either(a.mayBeDenied, b.mayBeDenied, word);
  const alone = mask & either(a.alone, b.alone, word);
  const apart = either(a.tangled, b.tangled, word) | (deniedIf & ((allowedIf & ~(mayAllow & mayDeny)) | mayAllowIf));
  const open = mask & ~alone & ~denied & apart;
  const free = mask & ~alone & ~open & ~denied;
  pushMembers(left, word, alone);
  pushMembers(unsolved, word, open);
  sets.EXPLICIT_DENY.putWord(word, mask, mask & ~alone & denied);
  sets.ALLOWED.putWord(word, mask, free & allowed & ~deniedIf & ~mayDeny);
  sets.CONDITIONAL.putWord(word, mask, free & ((allowed & deniedIf) | (allowedIf & ~mayAllow)) & ~mayDeny);
  sets.UNDETERMINED.putWord(
    word,
    mask,
    free & (((allowed | allowedIf) & mayDeny) | mayAllow | (mayAllowIf & ~allowedIf)),
  );
  sets.IMPLICIT_DENY.putWord(word, mask, free & ~allowed & ~allowedIf & ~mayAllow & ~mayAllowIf);
}

function either(a: Bits, b: Bits, word: number): number {
  return (a[word] ?? 0) | (b[word] ?? 0);
}
