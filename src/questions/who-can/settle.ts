import { type Bits, maskOf, noBits } from "../../grants/bits.js";
import type { AccountRange, PrincipalRanges } from "../../grants/principal-ranges.js";
import { borrowBits, giveBack } from "../../grants/spare-bits.js";
import type { Verdict } from "../../policy/decide.js";
import { Tally, type TallySets } from "./add-effects.js";
import type { AskingRange } from "./asking-range.js";

/** Places of principals by verdict. */
export type VerdictSets = Readonly<Record<Verdict, Bits>>;

/** What is settled, and who is not. */
export interface Settled {
  readonly sets: VerdictSets;
  /** Those who are left to be decided one by one. */
  readonly left: Bits;
  /** Those whose verdict hangs on how the tests that were counted fit together, and on nothing else. */
  readonly unsolved: Bits;
}

/** What statements say of the action whatever the resource, and what others say of the question. */
export interface Tallies {
  readonly steady: { readonly tally: Tally; readonly sets: VerdictSets | undefined };
  readonly own: Tally;
}

/** The same where verdicts of the former are known. */
interface SettledTallies {
  readonly steady: { readonly tally: Tally; readonly sets: VerdictSets };
  readonly own: Tally;
}

/** Who is asked about, and for what. */
export interface Asked {
  /** Within the ranges. */
  readonly who: Bits;
  /** Those whom no control policy binds. */
  readonly exempt: Bits;
  /** Verdicts whose sets are filled; the others say nothing. */
  readonly wanted: ReadonlySet<Verdict>;
}

/** Names the verdicts that tallies settle, 32 principals at once. */
export function settle(tallies: Tallies, ranges: readonly AskingRange[], asked: Asked): Settled {
  const { steady, own } = tallies;
  const settled = nothingSettled(asked.who, asked.wanted);
  for (const asking of ranges) {
    const { range, probe } = asking;
    const { sets } = steady;
    if (probe.passage() !== "PASSED") settleBound(settled, tallies, asking, asked);
    else if (sets !== undefined && !probe.isForeign)
      settleOwn(settled, { steady: { ...steady, sets }, own }, range, asked);
    else {
      const reached = probe.isForeign ? 0 : -1;
      settleRange(settled, steady.tally.sets, own.sets, { range, who: asked.who, reached });
    }
  }
  return settled;
}

/** The same for everybody by one tally, for accounts that no control policy binds and no border keeps out. */
export function settleAll(
  { sets }: Tally,
  { nobody, everyone }: PrincipalRanges,
  wanted: ReadonlySet<Verdict>,
): Settled {
  const settled = nothingSettled(nobody, wanted);
  const range = { start: 0, end: nobody.length * 32 };
  settleRange(settled, sets, new Tally(nobody).sets, { range, who: everyone, reached: -1 });
  return settled;
}

function nothingSettled({ length }: Bits, wanted: ReadonlySet<Verdict>): Settled {
  const size = length * 32;
  const setOf = (verdict: Verdict) => (wanted.has(verdict) ? borrowBits(size) : UNWANTED);
  const sets = {
    ALLOWED: setOf("ALLOWED"),
    CONDITIONAL: setOf("CONDITIONAL"),
    UNDETERMINED: setOf("UNDETERMINED"),
    IMPLICIT_DENY: setOf("IMPLICIT_DENY"),
    EXPLICIT_DENY: setOf("EXPLICIT_DENY"),
  };
  return { sets, left: borrowBits(size), unsolved: borrowBits(size) };
}

/** What is added to it is lost. */
const UNWANTED = noBits(0);

/** Whom the question's own statements do not reach has the verdict of the steady part; about the others both count. */
function settleOwn(
  settled: Settled,
  { steady, own }: SettledTallies,
  range: AccountRange,
  { who, wanted }: Asked,
): void {
  const spoken = own.spoken();
  for (const verdict of wanted) copy(settled.sets[verdict], steady.sets[verdict], who, spoken, range);
  copy(settled.left, steady.tally.sets.alone, who, spoken, range);
  for (let word = range.start >>> 5; word * 32 < range.end; word++)
    spoken[word] = (spoken[word] ?? 0) & (who[word] ?? 0);
  settleRange(settled, steady.tally.sets, own.sets, { range, who: spoken, reached: -1 });
  giveBack([spoken]);
}

/** Adds the members of a set that are among `who` and not among `others`. */
function copy(bits: Bits, from: Bits, who: Bits, others: Bits, { start, end }: AccountRange): void {
  for (let word = start >>> 5; word * 32 < end; word++) {
    const members = (from[word] ?? 0) & (who[word] ?? 0) & ~(others[word] ?? 0);
    if (members !== 0) bits[word] = (bits[word] ?? 0) | (members & maskOf(word, start, end));
  }
}

/** Whose verdicts are named, and whether an Allow reaches the resource: all bits or none. */
interface Named {
  readonly range: Pick<AccountRange, "start" | "end">;
  readonly who: Bits;
  readonly reached: number;
}

/** Nothing but the identity policies and the border between accounts counts: `verdictOfEffects` for 32 principals at once. */
function settleRange(
  { sets, left, unsolved }: Settled,
  a: TallySets,
  b: TallySets,
  { range, who, reached }: Named,
): void {
  const { ALLOWED, CONDITIONAL, UNDETERMINED, IMPLICIT_DENY, EXPLICIT_DENY } = sets;
  for (let word = range.start >>> 5; word * 32 < range.end; word++) {
    const asked = who[word] ?? 0;
    if (asked === 0) continue;
    const mask = maskOf(word, range.start, range.end) & asked;
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
    add(left, word, alone);
    add(unsolved, word, open);
    add(EXPLICIT_DENY, word, mask & ~alone & denied);
    add(ALLOWED, word, free & allowed & ~deniedIf & ~mayDeny);
    add(CONDITIONAL, word, free & ((allowed & deniedIf) | (allowedIf & ~mayAllow)) & ~mayDeny);
    add(UNDETERMINED, word, free & (((allowed | allowedIf) & mayDeny) | mayAllow | (mayAllowIf & ~allowedIf)));
    add(IMPLICIT_DENY, word, free & ~allowed & ~allowedIf & ~mayAllow & ~mayAllowIf);
  }
}

function either(a: Bits, b: Bits, word: number): number {
  return (a[word] ?? 0) | (b[word] ?? 0);
}

/** Control policies have the first word, about everybody but those whom they do not bind. */
function settleBound(
  { sets, left }: Settled,
  { steady, own }: Tallies,
  { range, probe }: AskingRange,
  { who, exempt }: Asked,
): void {
  const passage = probe.passage();
  const isOpen = passage === "OPEN" || passage === "ASK" || passage === "PASSED";
  const silent = isOpen ? probe.judgedVerdict([]) : passage;
  const alone = [exempt, steady.tally.sets.alone, own.sets.alone];
  const apartFrom = isOpen ? [exempt, ...steady.tally.all(), ...own.all()] : alone;
  for (let word = range.start >>> 5; word * 32 < range.end; word++) {
    const mask = maskOf(word, range.start, range.end) & (who[word] ?? 0);
    if (mask === 0) continue;
    const apart = apartFrom.reduce((all, bits) => all | (bits[word] ?? 0), 0);
    add(left, word, mask & apart);
    add(sets[silent], word, mask & ~apart);
  }
}

function add(bits: Bits, word: number, members: number): void {
  if (members !== 0) bits[word] = (bits[word] ?? 0) | members;
}
