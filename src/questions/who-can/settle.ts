import { type Bits, maskOf, noBits } from "../../grants/bits.js";
import type { Verdict } from "../../policy/decide.js";
import type { Probe } from "../access/probe.js";
import type { Tally } from "./add-effects.js";
import type { AskingRange } from "./tally.js";

/** Places of principals by verdict. */
export type VerdictSets = Readonly<Record<Verdict, Bits>>;

/** What is settled, and who is left to be decided one by one. */
export interface Settled {
  readonly sets: VerdictSets;
  readonly left: Bits;
}

/**
 * Names the verdicts that a tally settles, 32 principals at once.
 *
 * @param asked who is asked about, within these ranges
 * @param exempt those whom no control policy binds
 * @param wanted verdicts whose sets are filled; the others stay empty
 */
export function settle(
  tally: Tally,
  ranges: readonly AskingRange[],
  { asked, exempt, wanted }: { readonly asked: Bits; readonly exempt: Bits; readonly wanted: ReadonlySet<Verdict> },
): Settled {
  const size = asked.length * 32;
  const setOf = (verdict: Verdict) => (wanted.has(verdict) ? noBits(size) : NOBODY);
  const sets = {
    ALLOWED: setOf("ALLOWED"),
    CONDITIONAL: setOf("CONDITIONAL"),
    UNDETERMINED: setOf("UNDETERMINED"),
    IMPLICIT_DENY: setOf("IMPLICIT_DENY"),
    EXPLICIT_DENY: setOf("EXPLICIT_DENY"),
  };
  const left = noBits(size);
  for (const { range, probe } of ranges) {
    const settleWord =
      probe.passage() === "PASSED" ? passedWord(tally, probe.isForeign) : boundWord(tally, probe, exempt);
    for (let word = range.start >>> 5; word * 32 < range.end; word++) {
      const mask = maskOf(word, range.start, range.end) & (asked[word] ?? 0);
      if (mask !== 0) settleWord(sets, left, word, mask);
    }
  }
  return { sets, left };
}

/** What is written beyond its end is lost. */
const NOBODY: Bits = new Uint32Array();

type SettleWord = (sets: VerdictSets, left: Bits, word: number, mask: number) => void;

/** Nothing but the identity policies and the border between accounts counts: `verdictOfEffects` for 32 principals at once. */
function passedWord(tally: Tally, isForeign: boolean): SettleWord {
  const reached = isForeign ? 0 : -1;
  return (sets, left, word, mask) => {
    const denied = tally.denied[word] ?? 0;
    const allowed = (tally.allowed[word] ?? 0) & reached;
    const allowedIf = (tally.allowedIf[word] ?? 0) & reached & ~allowed;
    const mayAllow = (tally.mayBeAllowed[word] ?? 0) & reached & ~allowed;
    const mayAllowIf = (tally.mayBeAllowedIf[word] ?? 0) & reached & ~allowed & ~mayAllow;
    const [deniedIf, mayDeny] = [tally.deniedIf[word] ?? 0, tally.mayBeDenied[word] ?? 0];
    const unsolved = deniedIf & ((allowedIf & ~(mayAllow & mayDeny)) | mayAllowIf);
    const open = mask & ((tally.alone[word] ?? 0) | (unsolved & ~denied));
    const free = mask & ~open & ~denied;
    add(left, word, open);
    add(sets.EXPLICIT_DENY, word, mask & ~open & denied);
    add(sets.ALLOWED, word, free & allowed & ~deniedIf & ~mayDeny);
    add(sets.CONDITIONAL, word, free & ((allowed & deniedIf) | (allowedIf & ~mayAllow)) & ~mayDeny);
    add(sets.UNDETERMINED, word, free & (((allowed | allowedIf) & mayDeny) | mayAllow | (mayAllowIf & ~allowedIf)));
    add(sets.IMPLICIT_DENY, word, free & ~allowed & ~allowedIf & ~mayAllow & ~mayAllowIf);
  };
}

/** Control policies have the first word, about everybody but those whom they do not bind. */
function boundWord(tally: Tally, probe: Probe, exempt: Bits): SettleWord {
  const passage = probe.passage();
  const isOpen = passage === "OPEN" || passage === "ASK" || passage === "PASSED";
  const silent = isOpen ? probe.judgedVerdict([]) : passage;
  const { alone, ...spoken } = tally;
  const speaking = isOpen ? spokenSets(spoken) : [];
  return (sets, left, word, mask) => {
    const reached = speaking.reduce((all, bits) => all | (bits[word] ?? 0), 0);
    const apart = (exempt[word] ?? 0) | (alone[word] ?? 0) | reached;
    add(left, word, mask & apart);
    add(sets[silent], word, mask & ~apart);
  };
}

function spokenSets({
  allowed,
  denied,
  allowedIf,
  deniedIf,
  mayBeAllowed,
  mayBeAllowedIf,
  mayBeDenied,
}: Omit<Tally, "alone">): readonly Bits[] {
  return [allowed, denied, allowedIf, deniedIf, mayBeAllowed, mayBeAllowedIf, mayBeDenied];
}

function add(bits: Bits, word: number, members: number): void {
  if (members !== 0) bits[word] = (bits[word] ?? 0) | members;
}
