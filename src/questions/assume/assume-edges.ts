import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Key } from "../../inventory/keys.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import { isAtLeast } from "../access/verdict-rank.js";
import { decideHop, type Hops, hopDecidedAs, personalPlaces, verdictOfGroup } from "./hops.js";
import type { TrustingRole } from "./trusting-roles.js";

/** One principal may assume one role: one hop of a path. */
export interface AssumeEdge {
  readonly from: CompiledPrincipal;
  readonly to: Key;
  readonly decision: Decision;
}

/** How many hops are looked at before others get their turn. */
const STEP = 1_000;

/** Users and roles that may assume a role, in the order of ARNs; plain denials are left out. Yields now and then. */
export function* edgesInto(hops: Hops, to: TrustingRole): Generator<undefined, readonly AssumeEdge[], undefined> {
  const found = to.isPersonal ? yield* letInByName(hops, to) : yield* letInAlike(hops, to);
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

function* letInAlike(hops: Hops, to: TrustingRole): Verdicts {
  const found = new Map<number, Verdict>();
  for (const group of hops.hoppers.groups) {
    yield undefined;
    const verdict = verdictOfGroup(hops, group, to);
    if (!isAtLeast(verdict, "UNDETERMINED")) continue;
    for (const [at, place] of group.places.entries()) {
      if (at % STEP === 0) yield undefined;
      found.set(place, verdict);
    }
  }
  return found;
}

function* letInByName(hops: Hops, to: TrustingRole): Verdicts {
  const found = new Map<number, Verdict>();
  for (const place of personalPlaces(hops, to)) {
    const from = hops.snapshot.principals[place];
    if (from === undefined) continue;
    yield undefined;
    const { verdict } = decideHop(hops, from, to);
    if (isAtLeast(verdict, "UNDETERMINED")) found.set(place, verdict);
  }
  return found;
}

/** The hop from one place to another, a role's, which somebody there may assume. */
export function hopBetween(hops: Hops, fromPlace: number, toPlace: number): AssumeEdge {
  const { principals } = hops.snapshot;
  const from = principals[fromPlace];
  const to = hops.roles.get(principals[toPlace]?.key ?? "");
  const group = hops.hoppers.groupOf(fromPlace);
  if (from === undefined || to === undefined || group === undefined)
    throw new Error(`no hop leads from place ${fromPlace} to place ${toPlace}`);
  const verdict = to.isPersonal ? decideHop(hops, from, to).verdict : verdictOfGroup(hops, group, to);
  return { from, to: to.key, decision: hopDecidedAs(hops, from, to, verdict) };
}

export function isPlainNo({ verdict }: Decision): boolean {
  return !isAtLeast(verdict, "UNDETERMINED");
}
