import { addBit, membersOf, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { sortInSteps } from "../../grants/sort-in-steps.js";
import type { Steps } from "../../grants/steps.js";
import type { Role } from "../../inventory/principal.js";
import type { Decision } from "../access/decision.js";
import { type LateRows, lateRows } from "../access/late-rows.js";
import { alongPath } from "./along-path.js";
import { hopBetween } from "./assume-edges.js";
import { type Hops, startHops } from "./hops.js";
import { hopsOutOf } from "./hops-out-of.js";
import { LedByRoles } from "./led-by-roles.js";
import { reachFrom } from "./reach.js";
import type { AssumePath, Trails } from "./trails.js";

/** A role that a principal may assume, and how. */
export interface AssumableRole {
  readonly role: Role;
  readonly decision: Decision;
  readonly path?: AssumePath;
  /** Works out in steps what would take long to be read; absent where nothing does. */
  readonly workOut?: () => Steps<void>;
}

/** Roles that a principal may assume, in the order of ARNs. Yields now and then. */
export function* assumableRoles(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  isTransitive: boolean,
): Generator<undefined, LateRows<AssumableRole>, undefined> {
  const start = placeOf(snapshot, principal);
  if (start === undefined) return lateRows([], missing);
  const hops = yield* startHops(snapshot);
  const trails = isTransitive ? yield* reachFrom(snapshot, principal) : undefined;
  const found = trails === undefined ? yield* oneHopFrom(hops, start) : new Uint32Array(membersOf([trails.members]));
  yield undefined;
  const keys = Array.from(found, (place) => snapshot.principals[place]?.key ?? "");
  const order = yield* sortInSteps(keys.length, (a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
  const places = Array.from(order, (at) => found[at] ?? 0);
  return lateRows(places, (place) => roleAt(hops, trails, start, place));
}

function missing(place: number): never {
  throw new Error(`there is no role at place ${place}`);
}

function* oneHopFrom(hops: Hops, start: number): Generator<undefined, Uint32Array, undefined> {
  const seen = noBits(hops.snapshot.principals.length);
  addBit(seen, start);
  return yield* hopsOutOf(hops, "UNDETERMINED")(start, seen);
}

function roleAt(hops: Hops, trails: Trails | undefined, start: number, place: number): AssumableRole {
  const { snapshot } = hops;
  const role = snapshot.roles.get(snapshot.principals[place]?.key ?? "");
  if (role === undefined) return missing(place);
  if (trails === undefined || !trails.isFarther(place))
    return { role, decision: hopBetween(hops, start, place).decision };
  return new FartherRole(role, trails, place);
}

class FartherRole extends LedByRoles implements AssumableRole {
  constructor(
    readonly role: Role,
    trails: Trails,
    place: number,
  ) {
    super(() => trails.judgedPathOf(place), alongPath);
  }
}
