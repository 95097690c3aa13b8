import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import type { HopperGroup } from "./hoppers.js";
import { decideHop, type Hops, hopDecidedAs, personalPlaces, verdictOfGroup } from "./hops.js";
import type { TrustingRole } from "./trusting-roles.js";

/** One principal may assume one role: one hop of a path. */
export interface AssumeEdge {
  readonly from: CompiledPrincipal;
  readonly to: Key;
  readonly decision: Decision;
}

/** Which hops are looked for. */
export interface Wanted<Other> {
  /** The least verdict that is good enough. */
  readonly tier: Verdict;
  /** Whom or what was found before; it is left out. */
  readonly isSeen: (other: Other) => boolean;
}

const ALL: Wanted<unknown> = { tier: "UNDETERMINED", isSeen: () => false };

/** How many hops are looked at before others get their turn. */
const STEP = 1_000;

type Edges = Generator<undefined, readonly AssumeEdge[], undefined>;

/**
 * Users and roles that may assume a role, in the order of ARNs; plain denials are left out. Yields now and then.
 *
 * @param groups those of whom somebody may be found that is alike to others; all where it is not given
 * @param wanted by place
 */
export function* edgesInto(
  hops: Hops,
  to: TrustingRole,
  groups: readonly HopperGroup[] = hops.hoppers.groups,
  wanted: Wanted<number> = ALL,
): Edges {
  const found = to.isPersonal ? yield* letInByName(hops, to, wanted) : yield* letInAlike(hops, to, groups, wanted);
  const places = Uint32Array.from(found.keys()).sort();
  const edges: AssumeEdge[] = [];
  for (const [at, place] of places.entries()) {
    if (at % STEP === 0) yield undefined;
    const from = hops.snapshot.principals[place];
    const verdict = found.get(place);
    if (from === undefined || verdict === undefined || from.key === to.key) continue;
    edges.push({ from, to: to.key, decision: hopDecidedAs(hops, from, to, verdict) });
  }
  return edges;
}

/** Verdicts by the place of whoever gets them. */
type Verdicts = Generator<undefined, ReadonlyMap<number, Verdict>, undefined>;

function* letInAlike(
  hops: Hops,
  to: TrustingRole,
  groups: readonly HopperGroup[],
  { tier, isSeen }: Wanted<number>,
): Verdicts {
  const found = new Map<number, Verdict>();
  for (const group of groups) {
    yield undefined;
    const verdict = verdictOfGroup(hops, group, to);
    if (!isAtLeast(verdict, tier)) continue;
    for (const [at, place] of group.places.entries()) {
      if (at % STEP === 0) yield undefined;
      if (!isSeen(place)) found.set(place, verdict);
    }
  }
  return found;
}

function* letInByName(hops: Hops, to: TrustingRole, { tier, isSeen }: Wanted<number>): Verdicts {
  const found = new Map<number, Verdict>();
  for (const place of personalPlaces(hops, to)) {
    const from = isSeen(place) ? undefined : hops.snapshot.principals[place];
    if (from === undefined) continue;
    yield undefined;
    const { verdict } = decideHop(hops, from, to);
    if (isAtLeast(verdict, tier)) found.set(place, verdict);
  }
  return found;
}

/**
 * Roles that a principal may assume, in the order of the snapshot; plain denials are left out. Yields now and then.
 *
 * @param isAlone only roles that could tell the principal from those that are like it
 */
export function* edgesFrom(
  hops: Hops,
  from: CompiledPrincipal,
  isAlone = false,
  { tier, isSeen }: Wanted<Key> = ALL,
): Edges {
  const group = groupOf(hops, from);
  if (group === undefined) return [];
  const edges: AssumeEdge[] = [];
  for (const [at, to] of rolesFor(hops, from, isAlone).entries()) {
    if (at % STEP === 0) yield undefined;
    if (isSeen(to.key) || to.key === from.key) continue;
    if (to.isPersonal || group.patterns.length > 0 || group.isByRole) yield undefined;
    const verdict = to.isPersonal ? decideHop(hops, from, to).verdict : verdictOfGroup(hops, group, to);
    if (isAtLeast(verdict, tier)) edges.push({ from, to: to.key, decision: hopDecidedAs(hops, from, to, verdict) });
  }
  return edges;
}

/** Whom a principal is like; undefined for one who may assume nothing. */
export function groupOf({ snapshot, hoppers }: Hops, principal: CompiledPrincipal): HopperGroup | undefined {
  const place = placeOf(snapshot, principal);
  return place === undefined ? undefined : hoppers.groupOf(place);
}

function rolesFor({ roles }: Hops, { key }: CompiledPrincipal, isAlone: boolean): readonly TrustingRole[] {
  const personal = roles.personalFor(key);
  if (isAlone) return personal.toSorted((a, b) => a.index - b.index);
  return personal.length === 0 ? roles.alike : [...roles.alike, ...personal].sort((a, b) => a.index - b.index);
}

export function isAtLeast(verdict: Verdict, tier: Verdict): boolean {
  return VERDICT_RANK[verdict] >= VERDICT_RANK[tier];
}

export function isPlainNo({ verdict }: Decision): boolean {
  return !isAtLeast(verdict, "UNDETERMINED");
}
