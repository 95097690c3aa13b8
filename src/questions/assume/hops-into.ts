import { type Bits, hasBit } from "../../grants/bits.js";
import type { Verdict } from "../../policy/decide.js";
import { isAtLeast } from "../access/verdict-rank.js";
import { type HopperGroup, tellsRoles } from "./hoppers.js";
import { decideHop, type Hops, type NeighboursOf, personalPlaces, verdictOfGroup } from "./hops.js";
import type { TrustingRole } from "./trusting-roles.js";

type Places = Generator<undefined, Uint32Array, undefined>;

/** How many of a group are looked at before others get their turn. */
const STEP = 5_000;

const NOBODY = new Uint32Array();

/**
 * Who may assume a role, in the order of ARNs, for one walk. Whoever is alike is let in together, so once all of a group were
 * found it is not asked about again; nor are those whom nothing but the role's kind could let in, at another role of that kind.
 *
 * @param tier the least verdict that is good enough
 */
export function hopsInto(hops: Hops, tier: Verdict): NeighboursOf {
  let groups = hops.hoppers.groups;
  let telling = groups.filter(tellsRoles);
  const asked = new Set<number>();
  return function* (place, seen) {
    const to = hops.roles.get(hops.snapshot.principals[place]?.key ?? "");
    if (to === undefined) return NOBODY;
    if (to.isPersonal) return yield* letInByName(hops, to, tier, seen);
    const letIn = yield* groupsLetIn(hops, to, asked.has(to.kind) ? telling : groups, tier);
    asked.add(to.kind);
    if (letIn.size === 0) return NOBODY;
    groups = groups.filter((group) => !letIn.has(group));
    telling = telling.filter((group) => !letIn.has(group));
    return yield* placesOf(letIn, seen);
  };
}

function* letInByName(hops: Hops, to: TrustingRole, tier: Verdict, seen: Bits): Places {
  const found: number[] = [];
  for (const place of personalPlaces(hops, to)) {
    const from = hasBit(seen, place) ? undefined : hops.snapshot.principals[place];
    if (from === undefined) continue;
    yield undefined;
    if (isAtLeast(decideHop(hops, from, to).verdict, tier)) found.push(place);
  }
  return new Uint32Array(found);
}

function* groupsLetIn(
  hops: Hops,
  to: TrustingRole,
  groups: readonly HopperGroup[],
  tier: Verdict,
): Generator<undefined, ReadonlySet<HopperGroup>, undefined> {
  const letIn = new Set<HopperGroup>();
  for (const group of groups) {
    yield undefined;
    if (isAtLeast(verdictOfGroup(hops, group, to), tier)) letIn.add(group);
  }
  return letIn;
}

function* placesOf(groups: ReadonlySet<HopperGroup>, seen: Bits): Places {
  const found: number[] = [];
  let looked = 0;
  for (const { places } of groups) {
    for (const place of places) {
      if (++looked % STEP === 0) yield undefined;
      if (!hasBit(seen, place)) found.push(place);
    }
  }
  yield undefined;
  return new Uint32Array(found).sort();
}
