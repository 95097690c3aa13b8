import type { Effects } from "../../policy/prepared/effects.js";
import type { Contribution, Tally } from "./add-effects.js";

/** What statements say under open conditions, by the places to which they say it: for a tally that lasts and is asked about few of them. */
export class ContributionsByPlace {
  private readonly contributions: readonly Contribution[];
  /** Pairs of a place and the number of a contribution as one number each, in ascending order. */
  private readonly pairs: Float64Array;

  constructor(contributions: readonly Contribution[]) {
    this.contributions = contributions;
    this.pairs = new Float64Array(countPairs(contributions));
    let pair = 0;
    for (const [number, { places, from, end }] of contributions.entries()) {
      for (let at = from; at < end; at++) this.pairs[pair++] = (places[at] ?? 0) * contributions.length + number;
    }
    this.pairs.sort();
  }

  /** Tells what each statement says to the place, as often as it reaches it, in the order in which they were added. */
  visit(place: number, found: (place: number, effects: Effects) => void): void {
    const first = place * this.contributions.length;
    for (let at = this.firstFrom(first); at < this.pairs.length; at++) {
      const contribution = this.contributions[(this.pairs[at] ?? 0) - first];
      if (contribution === undefined) return;
      found(place, contribution.effects);
    }
  }

  private firstFrom(bound: number): number {
    let [low, high] = [0, this.pairs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.pairs[middle] ?? 0) < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A tally of which more would have to be kept is gone through: what a company says to everybody would take megabytes for each. */
const MOST_PAIRS = 65_536;

const KNOWN = new WeakMap<Tally, ContributionsByPlace>();

/** Worked out once for a tally to which nothing is added any more; undefined for others, and where too much would have to be kept. */
export function contributionsByPlace(tally: Tally): ContributionsByPlace | undefined {
  if (!tally.isKept) return undefined;
  const known = KNOWN.get(tally);
  if (known !== undefined) return known;
  if (countPairs(tally.conditional) > MOST_PAIRS) return undefined;
  const byPlace = new ContributionsByPlace(tally.conditional);
  KNOWN.set(tally, byPlace);
  return byPlace;
}

function countPairs(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { from, end }) => sum + end - from, 0);
}
