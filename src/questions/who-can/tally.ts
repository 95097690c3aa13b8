import type { ActionPlan, Settled } from "../../grants/action-plan.js";
import { addBit, type Bits, maskOf, noBits } from "../../grants/bits.js";
import type { Candidate } from "../../grants/candidate.js";
import type { ScopedPlaces } from "../../grants/policy-places.js";
import type { AccountRange } from "../../grants/principal-ranges.js";
import type { Reach } from "../../grants/reach.js";
import { type Effects, noEffects, uncertain } from "../../policy/prepared/effects.js";
import type { Probe } from "../access/probe.js";
import { addEffects, type Filling, type Tally } from "./add-effects.js";
import type { ScopeStandings } from "./scope-standing.js";

/** An account, how its principals ask, and how scopes stand to what they ask about. */
export interface AskingRange {
  readonly range: AccountRange;
  readonly probe: Probe;
  readonly standings: ScopeStandings;
}

/**
 * Weighs every statement of a plan that may cover the resource once for each account that asks, and adds up what they say of the
 * principals whom they reach. Of accounts that do not ask nothing is said.
 */
export function tallyPolicies(
  plan: ActionPlan,
  open: readonly Candidate[],
  reach: Reach,
  asking: readonly AskingRange[],
): Tally {
  const size = plan.allowing.wide.length * 32;
  const tally: Filling = {
    allowed: plan.allowing.wide.slice(),
    denied: plan.denying.wide.slice(),
    allowedIf: noBits(size),
    deniedIf: noBits(size),
    mayBeAllowed: noBits(size),
    mayBeAllowedIf: noBits(size),
    mayBeDenied: noBits(size),
    tangled: noBits(size),
    alone: noBits(size),
    tests: undefined,
    conditional: [],
  };
  tallySettled(tally, plan, asking);
  const scales = new Scales(tally, reach, asking);
  for (const each of open) scales.weigh(each);
  return tally;
}

/** What is said within resource groups whatever the request. */
function tallySettled(tally: Filling, { allowing, denying }: ActionPlan, asking: readonly AskingRange[]): void {
  for (const { range, standings } of asking) {
    if (!standings.isLost) continue;
    addMasked(tally.mayBeAllowed, allowing.somewhere, range);
    addMasked(tally.mayBeDenied, denying.somewhere, range);
  }
  const known = asking.filter(({ standings }) => !standings.isLost);
  if (known.length === 0) return;
  addWithin(tally.allowed, tally.mayBeAllowed, allowing, known);
  addWithin(tally.denied, tally.mayBeDenied, denying, known);
}

function addMasked(bits: Bits, more: Bits, { start, end }: AccountRange): void {
  for (let word = start >>> 5; word * 32 < end; word++) {
    bits[word] = (bits[word] ?? 0) | ((more[word] ?? 0) & maskOf(word, start, end));
  }
}

function addWithin(within: Bits, perhaps: Bits, { scoped }: Settled, asking: readonly AskingRange[]): void {
  for (const { places, scopes } of scoped) {
    for (const [at, place] of places.entries()) {
      const standing = rangeAt(asking, place)?.standings.of(scopes[at] ?? 0);
      if (standing === "WITHIN") addBit(within, place);
      else if (standing === "PERHAPS") addBit(perhaps, place);
    }
  }
}

/** Weighs one statement after the other. */
class Scales {
  /** What the statement makes of the question, as it was weighed last: at account scope, and where its scope is not known. */
  private own: Effects = NOTHING;
  private perhaps: Effects | undefined;
  private weighed: AskingRange | undefined;

  constructor(
    private readonly tally: Filling,
    private readonly reach: Reach,
    private readonly asking: readonly AskingRange[],
  ) {}

  weigh(candidate: Candidate): void {
    const { wide, scoped } = this.reach.places(candidate.policy);
    this.weighed = undefined;
    this.weighWide(candidate, wide);
    if (scoped.places.length > 0) this.weighScoped(candidate, scoped);
  }

  private weighWide(candidate: Candidate, wide: Uint32Array): void {
    const last = wide[wide.length - 1] ?? 0;
    for (let from = 0; from < wide.length; ) {
      const asker = nextRange(this.asking, wide[from] ?? 0);
      if (asker === undefined) return;
      const { start, end } = asker.range;
      const first = start <= (wide[from] ?? 0) ? from : firstFrom(wide, start, from);
      const after = last < end ? wide.length : firstFrom(wide, end, first);
      if (first < after) {
        this.turnTo(asker, candidate);
        addEffects(this.tally, this.own, wide, first, after);
      }
      from = after;
    }
  }

  private weighScoped(candidate: Candidate, { places, scopes }: ScopedPlaces): void {
    for (let at = 0; at < places.length; at++) {
      const asker = rangeAt(this.asking, places[at] ?? 0);
      if (asker === undefined) continue;
      this.turnTo(asker, candidate);
      if (this.own.bits === 0) continue;
      const standing = asker.standings.isLost ? "PERHAPS" : asker.standings.of(scopes[at] ?? 0);
      if (standing === "OUTSIDE") continue;
      if (standing === "PERHAPS") this.perhaps ??= uncertain(this.own);
      addEffects(this.tally, standing === "WITHIN" ? this.own : (this.perhaps ?? NOTHING), places, at, at + 1);
    }
  }

  private turnTo(asker: AskingRange, { statement, whenOpen }: Candidate): void {
    if (this.weighed === asker) return;
    this.weighed = asker;
    this.own = asker.probe.effectsOf(statement, whenOpen);
    this.perhaps = undefined;
  }
}

const NOTHING: Effects = noEffects();

/** The account in which a place lies; undefined where it does not ask. */
export function rangeAt(asking: readonly AskingRange[], place: number): AskingRange | undefined {
  const asker = nextRange(asking, place);
  return asker !== undefined && asker.range.start <= place ? asker : undefined;
}

/** The first account that asks and does not end before a place. */
function nextRange(asking: readonly AskingRange[], place: number): AskingRange | undefined {
  let [low, high] = [0, asking.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((asking[middle]?.range.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return asking[low];
}

/** Index of the first place that is not below `bound`. */
function firstFrom(places: Uint32Array, bound: number, from: number): number {
  let [low, high] = [from, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
