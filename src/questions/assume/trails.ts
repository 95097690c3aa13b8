import { addBit, type Bits, noBits } from "../../grants/bits.js";
import { type AssumeEdge, hopBetween } from "./assume-edges.js";
import type { Hops } from "./hops.js";

/** The hops by which a principal gets somewhere, first to last. */
export type AssumePath = readonly AssumeEdge[];

/** Whether those at the ends were found by following hops backward into roles, or forward from a principal. */
type Direction = "INTO" | "FROM";

/**
 * Whom a walk found, by their places, and how: of each only one neighbour is kept, the one that it was found by. Paths are made
 * as they are read, for there may be a hundred thousand and few are shown.
 */
export class Trails {
  /** Places of all who were found. */
  readonly members: Bits;

  /** @param walks best first, by the place of whoever was found: one more than the neighbour's place, or zero */
  constructor(
    private readonly hops: Hops,
    private readonly walks: readonly Uint32Array[],
    private readonly direction: Direction,
  ) {
    this.members = foundBy(walks, hops.snapshot.principals.length);
  }

  /** From whom or to whom a place was walked; empty for one that was not found. */
  pathOf(place: number): AssumePath {
    const found = this.walks[this.walkOf(place)];
    const path: AssumeEdge[] = [];
    let at = place;
    for (let next = found?.[at] ?? 0; next > 0; next = found?.[at] ?? 0) {
      const other = next - 1;
      path.push(this.direction === "INTO" ? hopBetween(this.hops, at, other) : hopBetween(this.hops, other, at));
      at = other;
    }
    return this.direction === "INTO" ? path : path.reverse();
  }

  /** Where the path from or to a place ends or begins. */
  endOf(place: number): number {
    const found = this.walks[this.walkOf(place)];
    let end = place;
    for (let next = found?.[end] ?? 0; next > 0; next = found?.[end] ?? 0) end = next - 1;
    return end;
  }

  /** Whether it takes more than one hop. */
  isFarther(place: number): boolean {
    const found = this.walks[this.walkOf(place)];
    const neighbour = (found?.[place] ?? 0) - 1;
    return (found?.[neighbour] ?? 0) > 0;
  }

  /**
   * Equal for those whose paths into roles must come out alike: they are of one group, and one walk found them from one place.
   * Undefined where the first hop is to a role whose trust is personal, for nothing else tells a group's members apart.
   */
  likenessOf(place: number): number | undefined {
    const { hoppers, roles, snapshot } = this.hops;
    const walk = this.walkOf(place);
    const neighbour = (this.walks[walk]?.[place] ?? 0) - 1;
    const role = roles.get(snapshot.principals[neighbour]?.key ?? "");
    const group = hoppers.numberOf(place);
    if (group === undefined || role === undefined || role.isPersonal) return undefined;
    return (group * this.walks.length + walk) * snapshot.principals.length + neighbour;
  }

  private walkOf(place: number): number {
    return this.walks.findIndex((found) => (found[place] ?? 0) > 0);
  }
}

function foundBy(walks: readonly Uint32Array[], size: number): Bits {
  const members = noBits(size);
  for (const found of walks) {
    for (let place = 0; place < found.length; place++) {
      if (found[place] !== 0) addBit(members, place);
    }
  }
  return members;
}
