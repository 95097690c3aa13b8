import { type Bits, hasBit } from "../../grants/bits.js";
import { filterInSteps } from "../../grants/filter-in-steps.js";
import type { Verdict } from "../../policy/decide.js";
import { isAtLeast } from "../access/verdict-rank.js";
import { type HopperGroup, tellsRoles } from "./hoppers.js";
import { decideHop, type Hops, type NeighboursOf, verdictOfGroup } from "./hops.js";
import type { TrustingRole } from "./trusting-roles.js";

type Roles = Generator<undefined, readonly TrustingRole[], undefined>;

const NONE = new Uint32Array();

/**
 * Which roles somebody may assume, in the order of the snapshot, for one walk. One of each group finds all roles that do not tell
 * them apart; roles of a kind are asked about once, where only their kind matters to the group.
 *
 * @param tier the least verdict that is good enough
 */
export function hopsOutOf(hops: Hops, tier: Verdict): NeighboursOf {
  const open = new Map(hops.roles.byKind);
  const asked = new Set<HopperGroup>();
  return function* (place, seen) {
    const group = hops.hoppers.groupOf(place);
    if (group === undefined) return NONE;
    const alike = asked.has(group) ? [] : yield* openedTo(hops, group, { open, tier, seen });
    asked.add(group);
    const named = yield* openedByName(hops, place, tier, seen);
    const roles = named.length === 0 ? alike : [...alike, ...named];
    return Uint32Array.from(roles.toSorted(bySnapshot), (role) => role.place);
  };
}

const bySnapshot = (a: TrustingRole, b: TrustingRole): number => a.index - b.index;

/** Roles whose personal trust lets somebody in. */
function* openedByName(hops: Hops, place: number, tier: Verdict, seen: Bits): Roles {
  const from = hops.snapshot.principals[place];
  const found: TrustingRole[] = [];
  for (const to of from === undefined ? [] : hops.roles.personalFor(from.key)) {
    if (from === undefined || hasBit(seen, to.place) || to.place === place) continue;
    yield undefined;
    if (isAtLeast(decideHop(hops, from, to).verdict, tier)) found.push(to);
  }
  return found;
}

/** What a walk has come to. */
interface Walked {
  /** By kind, those of which not all were found; some of them may be. */
  readonly open: Map<number, readonly TrustingRole[]>;
  readonly tier: Verdict;
  readonly seen: Bits;
}

/** Roles that let in a whole group. */
function* openedTo(hops: Hops, group: HopperGroup, { open, tier, seen }: Walked): Roles {
  const found: TrustingRole[] = [];
  for (const [kind, roles] of open) {
    yield undefined;
    const [first] = roles;
    const isOne = !tellsRoles(group);
    if (isOne && (first === undefined || !isAtLeast(verdictOfGroup(hops, group, first), tier))) continue;
    const left = yield* filterInSteps(roles, ({ place }) => !hasBit(seen, place));
    if (isOne) open.delete(kind);
    for (const role of isOne ? left : yield* openedOneByOne(hops, group, left, tier)) found.push(role);
  }
  return found;
}

function* openedOneByOne(hops: Hops, group: HopperGroup, roles: readonly TrustingRole[], tier: Verdict): Roles {
  const opened: TrustingRole[] = [];
  for (const role of roles) {
    yield undefined;
    if (isAtLeast(verdictOfGroup(hops, group, role), tier)) opened.push(role);
  }
  return opened;
}
