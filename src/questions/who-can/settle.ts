import { type Bits, hasBit, maskOf, pushMembers } from "../../grants/bits.js";
import type { AccountRange } from "../../grants/principal-ranges.js";
import type { Verdict } from "../../policy/decide.js";
import { Tally } from "./add-effects.js";
import type { AskingRange } from "./asking-range.js";
import {
  nothingSettled,
  type Settled,
  settleRange,
  settleWord,
  type VerdictSets,
  verdictSets,
} from "./settle-words.js";

/** Verdicts where nothing else is said, for an account that no control policy binds and no border keeps out. Nobody changes them. */
export interface KeptVerdicts {
  readonly sets: VerdictSets;
  /** Those who are left to be decided one by one. */
  readonly left: readonly number[];
  /** Whom they are about. */
  readonly who: Bits;
  /** Verdicts whose sets are filled. */
  readonly verdicts: ReadonlySet<Verdict>;
}

/** What statements say of the action whatever the resource, and what others say of the question. */
export interface Tallies {
  readonly steady: { readonly tally: Tally; readonly kept: KeptVerdicts | undefined };
  readonly own: Tally;
}

/** The same where verdicts of the former are known. */
export interface KeptTallies {
  readonly steady: { readonly tally: Tally; readonly kept: KeptVerdicts };
  readonly own: Tally;
}

/** Who is asked about, and for what. */
export interface Asked {
  /** Within the ranges. */
  readonly who: Bits;
  /** They are those of kept verdicts, all of them. */
  readonly isEveryone: boolean;
  /** Those whom no control policy binds. */
  readonly exempt: Bits;
  /** Verdicts whose sets are filled; the others say nothing. */
  readonly wanted: ReadonlySet<Verdict>;
}

/** Names the verdicts that tallies settle, 32 principals at once. */
export function settle({ steady, own }: Tallies, ranges: readonly AskingRange[], asked: Asked): Settled {
  const { tally, kept } = steady;
  const isOwn = ({ probe }: AskingRange) => probe.passage() === "PASSED" && !probe.isForeign;
  if (kept !== undefined && asked.isEveryone && ranges.every(isOwn))
    return settleKept({ steady: { tally, kept }, own }, asked.wanted);
  const settled = nothingSettled(asked.who, asked.wanted);
  for (const asking of ranges) {
    const { range, probe } = asking;
    if (probe.passage() !== "PASSED") settleBound(settled, { steady, own }, asking, asked);
    else if (kept !== undefined && isOwn(asking) && hasBit(kept.who, range.start))
      settleOwn(settled, { steady: { tally, kept }, own }, range, asked);
    else {
      const reached = probe.isForeign ? 0 : -1;
      settleRange(settled, tally.sets, own.sets, { range, who: asked.who, reached });
    }
  }
  return settled;
}

/** The same by one tally, for accounts that no control policy binds and no border keeps out. */
export function settleAll({ sets }: Tally, nobody: Bits, who: Bits, wanted: ReadonlySet<Verdict>): Settled {
  const settled = nothingSettled(nobody, wanted);
  const range = { start: 0, end: nobody.length * 32 };
  const silent = new Tally(nobody);
  settleRange(settled, sets, silent.sets, { range, who, reached: -1 });
  silent.end();
  return settled;
}

/** Whom the question's own statements do not reach has the verdict that is kept; about the others both count. */
export function settleKept(
  { steady: { tally, kept }, own }: KeptTallies,
  wanted: ReadonlySet<Verdict> = kept.verdicts,
): Settled {
  // Who is not settled anew below stays to be decided.
  const isAnew = (place: number) => ((own.spokenIn(place >>> 5) >>> (place & 31)) & 1) === 1;
  const left = kept.left.filter((place) => !isAnew(place));
  const settled = { sets: verdictSets(wanted, (verdict) => kept.sets[verdict].share()), left, unsolved: [] };
  for (const word of own.words()) {
    const mask = own.spokenIn(word) & (kept.who[word] ?? 0);
    if (mask !== 0) settleWord(settled, tally.sets, own.sets, { word, mask, reached: -1 });
  }
  return settled;
}

/** The same for those of an account who are asked about. */
function settleOwn(
  settled: Settled,
  { steady: { tally, kept }, own }: KeptTallies,
  { start, end }: AccountRange,
  { who, wanted }: Asked,
): void {
  for (let word = start >>> 5; word * 32 < end; word++) {
    const asked = maskOf(word, start, end) & (who[word] ?? 0);
    const spoken = asked & own.spokenIn(word);
    const silent = asked & ~spoken;
    for (const verdict of wanted) settled.sets[verdict].addWord(word, silent & (kept.sets[verdict].bits[word] ?? 0));
    pushMembers(settled.left, word, silent & (tally.sets.alone[word] ?? 0));
    if (spoken !== 0) settleWord(settled, tally.sets, own.sets, { word, mask: spoken, reached: -1 });
  }
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
    pushMembers(left, word, mask & apart);
    sets[silent].addWord(word, mask & ~apart);
  }
}
