import type { Effects } from "../../policy/prepared/effects.js";
import type { Contribution, Tally } from "./add-effects.js";

/** What statements say under open conditions, by the places to which they say it: for a tally that lasts and is asked about few of them. */
export class ContributionsByPlace {
  private readonly contributions: readonly Contribution[];
  /** Pairs of a place and the number of a contribution: those of 32 places together, these in the order of contributions. */
  private readonly places: Uint32Array;
  private readonly numbers: Uint32Array;
  /** Where the pairs of each 32 places end; those of the next begin there. */
  private readonly ends: Uint32Array;

  /** @param words how many times 32 places there are */
  constructor(contributions: readonly Contribution[], words: number) {
    this.contributions = contributions;
    const count = countPairs(contributions);
    this.places = new Uint32Array(count);
    this.numbers = new Uint32Array(count);
    this.ends = startsOf(contributions, words);
    for (const [number, { places, from, end }] of contributions.entries()) {
      for (let at = from; at < end; at++) this.put(places[at] ?? 0, number);
    }
  }

  private put(place: number, number: number): void {
    const at = this.ends[place >>> 5] ?? 0;
    this.places[at] = place;
    this.numbers[at] = number;
    this.ends[place >>> 5] = at + 1;
  }

  /** Tells what each statement says to the place, as often as it reaches it, in the order in which they were added. */
  visit(place: number, found: (place: number, effects: Effects) => void): void {
    const word = place >>> 5;
    const end = this.ends[word] ?? 0;
    for (let at = word === 0 ? 0 : (this.ends[word - 1] ?? 0); at < end; at++) {
      const contribution = this.places[at] === place ? this.contributions[this.numbers[at] ?? 0] : undefined;
      if (contribution !== undefined) found(place, contribution.effects);
    }
  }
}

/** How many pairs there are before those of each 32 places. */
function startsOf(contributions: readonly Contribution[], words: number): Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const { places, from, end } of contributions) {
    for (let at = from; at < end; at++) {
      const next = ((places[at] ?? 0) >>> 5) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
  }
  for (let word = 1; word <= words; word++) starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0);
  return starts;
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
  const byPlace = new ContributionsByPlace(tally.conditional, tally.sets.alone.length);
  KNOWN.set(tally, byPlace);
  return byPlace;
}

function countPairs(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { from, end }) => sum + end - from, 0);
}
