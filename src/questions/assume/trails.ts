import { addBit, type Bits, noBits } from "../../grants/bits.js";
import { finish, type Steps } from "../../grants/steps.js";
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

  /** Of each walk the hops between roles that were made, by the place that was found. */
  private readonly between: readonly Map<number, AssumeEdge>[];

  /** @param walks best first, by the place of whoever was found: one more than the neighbour's place, or zero */
  constructor(
    private readonly hops: Hops,
    private readonly walks: readonly Uint32Array[],
    private readonly direction: Direction,
  ) {
    this.members = foundBy(walks, hops.snapshot.principals.length);
    this.between = walks.map(() => new Map());
  }

  /** From whom or to whom a place was walked; empty for one that was not found. */
  pathOf(place: number): AssumePath {
    return finish(this.judgedPathOf(place));
  }

  /** The same, the hops between roles judged, as there may be thousands. Yields after each that was not before. */
  *judgedPathOf(place: number): Steps<AssumePath> {
    const walk = this.walkOf(place);
    const path: AssumeEdge[] = [];
    let [at, next] = [place, this.foundFrom(walk, place)];
    while (next !== undefined) {
      path.push(this.between[walk]?.get(at) ?? (yield* this.hopFrom(walk, at, next)));
      [at, next] = [next, this.foundFrom(walk, next)];
    }
    return this.direction === "INTO" ? path : path.reverse();
  }

  /** Where the path from or to a place ends or begins. */
  endOf(place: number): number {
    const walk = this.walkOf(place);
    let end = place;
    for (let next = this.foundFrom(walk, end); next !== undefined; next = this.foundFrom(walk, end)) end = next;
    return end;
  }

  /** Whether it takes more than one hop. */
  isFarther(place: number): boolean {
    const walk = this.walkOf(place);
    const neighbour = this.foundFrom(walk, place);
    return neighbour !== undefined && this.foundFrom(walk, neighbour) !== undefined;
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

  /** What paths by the hundred go on by is made and judged once. */
  private *hopFrom(walk: number, at: number, next: number): Steps<AssumeEdge> {
    const hop = this.direction === "INTO" ? hopBetween(this.hops, at, next) : hopBetween(this.hops, next, at);
    if (hop.from.kind !== "ROLE") return hop;
    this.between[walk]?.set(at, hop);
    // Reading it judges it, once.
    if (hop.decision.judged.actions.length > 0) yield undefined;
    return hop;
  }

  /** The neighbour that a place was found by. */
  private foundFrom(walk: number, place: number): number | undefined {
    const next = this.walks[walk]?.[place] ?? 0;
    return next > 0 ? next - 1 : undefined;
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
