import { addBit, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { TIERS } from "../access/verdict-rank.js";
import { type NeighboursOf, startHops } from "./hops.js";
import { hopsInto } from "./hops-into.js";
import { hopsOutOf } from "./hops-out-of.js";
import { Trails } from "./trails.js";

/** Gives places of roles that are worth reaching, if those are good enough whose verdict is at least this. */
export type Targets = (tier: Verdict) => readonly number[];

/**
 * Who gets to some roles by assuming roles, each by a shortest of their best paths: paths of certain hops go before
 * conditional ones, and these before ones that hang on unknown facts. Cycles end where they would come back. Yields now and then.
 */
export function* reachInto(
  snapshot: Snapshot,
  targets: Targets,
  context: Context = OPEN_CONTEXT,
): Generator<undefined, Trails, undefined> {
  const hops = yield* startHops(snapshot, context);
  return new Trails(hops, yield* walkEach(snapshot, targets, (tier) => hopsInto(hops, tier)), "INTO");
}

/** Roles that a principal gets to by assuming roles, each by a shortest of its best paths. Yields now and then. */
export function* reachFrom(snapshot: Snapshot, principal: CompiledPrincipal): Generator<undefined, Trails, undefined> {
  const hops = yield* startHops(snapshot);
  const start = placeOf(snapshot, principal);
  const starts = start === undefined ? [] : [start];
  const walks = yield* walkEach(
    snapshot,
    () => starts,
    (tier) => hopsOutOf(hops, tier),
  );
  return new Trails(hops, walks, "FROM");
}

/** One walk for each tier, the best first. */
function* walkEach(
  snapshot: Snapshot,
  startsFor: (tier: Verdict) => readonly number[],
  neighboursFor: (tier: Verdict) => NeighboursOf,
): Generator<undefined, readonly Uint32Array[], undefined> {
  const walks: Uint32Array[] = [];
  for (const tier of TIERS) {
    walks.push(yield* walk(snapshot, startsFor(tier), neighboursFor(tier)));
    yield undefined;
  }
  return walks;
}

/** How many hops are followed before others get their turn. */
const STEP = 5_000;
/** How many are asked whose hops are mostly known. */
const FEW = 100;

/**
 * Breadth first, so that the first path found to anybody is a shortest.
 *
 * @returns by the place of whoever was found: one more than the place that it was found from, or zero
 */
export function* walk(
  { principals }: Snapshot,
  starts: readonly number[],
  neighboursOf: NeighboursOf,
): Generator<undefined, Uint32Array, undefined> {
  const found = new Uint32Array(principals.length);
  const seen = noBits(principals.length);
  for (const place of starts) addBit(seen, place);
  let front = starts;
  while (front.length > 0) {
    const following: number[] = [];
    for (const [turn, place] of front.entries()) {
      if (turn % FEW === 0) yield undefined;
      for (const [at, other] of (yield* neighboursOf(place, seen)).entries()) {
        if (at % STEP === STEP - 1) yield undefined;
        if (hasBit(seen, other)) continue;
        addBit(seen, other);
        found[other] = place + 1;
        if (principals[other]?.kind === "ROLE") following.push(other);
      }
    }
    front = following;
  }
  return found;
}
