import { type Bits, maskOf, noBits } from "../../grants/bits.js";
import type { Verdict } from "../../policy/decide.js";
import type { Tally } from "./add-effects.js";
import type { AskingRange } from "./tally.js";

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

/**
 * Names the verdicts that a tally settles, 32 principals at once.
 *
 * @param asked who is asked about, within these ranges
 * @param exempt those whom no control policy binds
 * @param wanted verdicts whose sets are filled; the others say nothing
 */
export function settle(
  tally: Tally,
  ranges: readonly AskingRange[],
  { asked, exempt, wanted }: { readonly asked: Bits; readonly exempt: Bits; readonly wanted: ReadonlySet<Verdict> },
): Settled {
  const size = asked.length * 32;
  const unwanted = noBits(size);
  const setOf = (verdict: Verdict) => (wanted.has(verdict) ? noBits(size) : unwanted);
  const settled: Settled = {
    sets: {
      ALLOWED: setOf("ALLOWED"),
      CONDITIONAL: setOf("CONDITIONAL"),
      UNDETERMINED: setOf("UNDETERMINED"),
      IMPLICIT_DENY: setOf("IMPLICIT_DENY"),
      EXPLICIT_DENY: setOf("EXPLICIT_DENY"),
    },
    left: noBits(size),
    unsolved: noBits(size),
  };
  for (const asking of ranges) {
    if (asking.probe.passage() === "PASSED") settlePassed(settled, tally, asking, asked);
    else settleBound(settled, tally, asking, asked, exempt);
  }
  return settled;
}

/** Nothing but the identity policies and the border between accounts counts: `verdictOfEffects` for 32 principals at once. */
function settlePassed(
  { sets, left, unsolved }: Settled,
  tally: Tally,
  { range, probe }: AskingRange,
  asked: Bits,
): void {
  const { ALLOWED, CONDITIONAL, UNDETERMINED, IMPLICIT_DENY, EXPLICIT_DENY } = sets;
  const reached = probe.isForeign ? 0 : -1;
  for (let word = range.start >>> 5; word * 32 < range.end; word++) {
    const mask = maskOf(word, range.start, range.end) & (asked[word] ?? 0);
    const denied = tally.denied[word] ?? 0;
    const allowed = (tally.allowed[word] ?? 0) & reached;
    const allowedIf = (tally.allowedIf[word] ?? 0) & reached & ~allowed;
    const mayAllow = (tally.mayBeAllowed[word] ?? 0) & reached & ~allowed;
    const mayAllowIf = (tally.mayBeAllowedIf[word] ?? 0) & reached & ~allowed & ~mayAllow;
    const deniedIf = tally.deniedIf[word] ?? 0;
    const mayDeny = tally.mayBeDenied[word] ?? 0;
    const alone = mask & (tally.alone[word] ?? 0);
    const apart = (tally.tangled[word] ?? 0) | (deniedIf & ((allowedIf & ~(mayAllow & mayDeny)) | mayAllowIf));
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

/** Control policies have the first word, about everybody but those whom they do not bind. */
function settleBound(
  { sets, left }: Settled,
  tally: Tally,
  { range, probe }: AskingRange,
  asked: Bits,
  exempt: Bits,
): void {
  const passage = probe.passage();
  const isOpen = passage === "OPEN" || passage === "ASK" || passage === "PASSED";
  const silent = isOpen ? probe.judgedVerdict([]) : passage;
  const speaking = isOpen ? spokenSets(tally) : [];
  for (let word = range.start >>> 5; word * 32 < range.end; word++) {
    const mask = maskOf(word, range.start, range.end) & (asked[word] ?? 0);
    if (mask === 0) continue;
    const reached = speaking.reduce((all, bits) => all | (bits[word] ?? 0), 0);
    const apart = (exempt[word] ?? 0) | (tally.alone[word] ?? 0) | reached;
    add(left, word, mask & apart);
    add(sets[silent], word, mask & ~apart);
  }
}

function spokenSets({
  tangled,
  allowed,
  denied,
  allowedIf,
  deniedIf,
  mayBeAllowed,
  mayBeAllowedIf,
  mayBeDenied,
}: Tally): readonly Bits[] {
  return [tangled, allowed, denied, allowedIf, deniedIf, mayBeAllowed, mayBeAllowedIf, mayBeDenied];
}

function add(bits: Bits, word: number, members: number): void {
  if (members !== 0) bits[word] = (bits[word] ?? 0) | members;
}
