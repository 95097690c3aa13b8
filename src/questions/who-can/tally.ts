import { type Bits, firstFrom } from "../../grants/bits.js";
import type { Candidate } from "../../grants/candidate.js";
import type { ScopedPlaces } from "../../grants/policy-places.js";
import type { Reach } from "../../grants/reach.js";
import type { RequestResource } from "../../policy/arn.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import { type Effects, noEffects, uncertain } from "../../policy/prepared/effects.js";
import { addEffects, Tally } from "./add-effects.js";
import type { ScopedEffects } from "./add-held.js";
import type { AskingRange } from "./asking-range.js";
import { countTests, testsOf } from "./count-tests.js";
import type { SteadyPart } from "./steady-part.js";

/**
 * Weighs every statement that the steady part of an answer leaves once for each account that asks, and adds up what they say of the principals
 * whom they reach. Of accounts that do not ask nothing is said. Yields now and then.
 */
export function* tallyQuestion(
  { tally: steady, mostTests, scoped, rest, added }: SteadyPart,
  resource: RequestResource,
  reach: Reach,
  asking: readonly AskingRange[],
  nobody: Bits,
): Generator<undefined, Tally, undefined> {
  const tally = new Tally(nobody);
  const scales = new Scales(tally, reach, asking);
  for (const each of scoped) scales.addScoped(each);
  for (const open of [rest, added]) {
    for (const [at, each] of (open?.about(resource) ?? []).entries()) {
      if (at % STEP === 0) yield undefined;
      scales.weigh(each);
    }
  }
  if (mayTangle(tally, mostTests)) countTests(tally, steady.conditional);
  return tally;
}

/** Whether somebody's answer may hang on more tests than are solved exactly. */
function mayTangle(tally: Tally, before: number): boolean {
  const { conditional } = tally;
  if (conditional.length === 0) return false;
  const tests = conditional.reduce((sum, each) => sum + testsOf(each), before);
  return tests > MAX_ATOMS && countTests(tally) + before > MAX_ATOMS;
}

/** Weighs one statement after the other. */
class Scales {
  /** What the statement makes of the question, as it was weighed last: at account scope, and where its scope is not known. */
  private own: Effects = NOTHING;
  private perhaps: Effects | undefined;
  private weighed: AskingRange | undefined;

  constructor(
    private readonly tally: Tally,
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
      if (this.own.bits !== 0) this.addAt(asker, places, scopes, at);
    }
  }

  /** Adds what is the same for all accounts, where it reaches the resource. */
  addScoped({ effects, places: { places, scopes } }: ScopedEffects): void {
    this.own = effects;
    this.perhaps = undefined;
    for (let at = 0; at < places.length; at++) {
      const asker = rangeAt(this.asking, places[at] ?? 0);
      if (asker !== undefined) this.addAt(asker, places, scopes, at);
    }
  }

  private addAt({ standings }: AskingRange, places: Uint32Array, scopes: Uint32Array, at: number): void {
    const standing = standings.isLost ? "PERHAPS" : standings.of(scopes[at] ?? 0);
    if (standing === "OUTSIDE") return;
    if (standing === "PERHAPS") this.perhaps ??= uncertain(this.own);
    addEffects(this.tally, standing === "WITHIN" ? this.own : (this.perhaps ?? NOTHING), places, at, at + 1);
  }

  private turnTo(asker: AskingRange, { statement, whenOpen }: Candidate): void {
    if (this.weighed === asker) return;
    this.weighed = asker;
    this.own = asker.probe.effectsOf(statement, whenOpen);
    this.perhaps = undefined;
  }
}

/** How many statements are weighed before others get their turn. */
const STEP = 16;

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
