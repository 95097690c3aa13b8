import { addBit, hasBit, membersOf, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { Verdict } from "../../policy/decide.js";
import { outsider } from "../access/asker.js";
import { decideFor } from "../access/decision.js";
import { isAtLeast, VERDICT_RANK } from "../access/verdict-rank.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { alongPath } from "./along-path.js";
import { type AssumeEdge, edgesInto, isPlainNo } from "./assume-edges.js";
import { assumeQuestion, trustQuestion } from "./assume-question.js";
import { startHops } from "./hops.js";
import { AccessByRoles } from "./led-by-roles.js";
import { outsidersNamed } from "./outsiders.js";
import { reachInto } from "./reach.js";
import type { AssumePath, Trails } from "./trails.js";
import type { TrustingRole } from "./trusting-roles.js";

/** How many rows are looked at before others get their turn. */
const STEP = 1_000;

/**
 * Who may assume a role: imported users and roles in the order of ARNs, then services and others whom its trust names. Yields
 * now and then.
 */
export function* assumersOf(snapshot: Snapshot, role: Role, isTransitive: boolean): Steps<readonly PrincipalAccess[]> {
  const hops = yield* startHops(snapshot);
  const to = hops.roles.get(roleKey(role.accountId, role.name));
  const edges = to === undefined ? [] : yield* edgesInto(hops, to);
  const direct = yield* byPlace(snapshot, edges);
  const rows: PrincipalAccess[] = [];
  yield* isTransitive && to !== undefined ? addAll(rows, snapshot, to, direct) : addDirect(rows, direct.values());
  for (const row of outsidersOf(snapshot, role)) rows.push(row);
  return rows;
}

/** Hops into one role by the place of whoever makes them, in ascending order. */
type Direct = ReadonlyMap<number, AssumeEdge>;

function* byPlace(snapshot: Snapshot, edges: readonly AssumeEdge[]): Steps<Direct> {
  const direct = new Map<number, AssumeEdge>();
  for (const [at, edge] of edges.entries()) {
    if (at % STEP === 0) yield undefined;
    const place = placeOf(snapshot, edge.from);
    if (place !== undefined) direct.set(place, edge);
  }
  return direct;
}

function* addDirect(rows: PrincipalAccess[], edges: Iterable<AssumeEdge>): Steps<void> {
  for (const { from, decision } of edges) {
    if (rows.length % STEP === 0) yield undefined;
    rows.push({ principal: from, decision });
  }
}

/** A role that may assume the one that is asked about. */
interface Able {
  readonly place: number;
  readonly verdict: Verdict;
}

/** Also those who get to somebody who may assume the role. Of two ways the better counts; doing it oneself goes first. */
function* addAll(
  rows: PrincipalAccess[],
  snapshot: Snapshot,
  { place: end }: TrustingRole,
  direct: Direct,
): Steps<void> {
  const themselves = noBits(snapshot.principals.length);
  const roles: Able[] = [];
  for (const [place, { from, decision }] of direct) {
    addBit(themselves, place);
    if (from.kind === "ROLE" && roles.push({ place, verdict: decision.verdict }) % STEP === 0) yield undefined;
  }
  const letIn = (tier: Verdict) => roles.filter(({ verdict }) => isAtLeast(verdict, tier));
  const trails = yield* reachInto(snapshot, (tier) => letIn(tier).map(({ place }) => place));
  const isBetter = betterWays(trails);
  for (const [at, place] of membersOf([themselves, trails.members]).entries()) {
    if (at % STEP === 0) yield undefined;
    const [principal, own] = [snapshot.principals[place], direct.get(place)];
    if (principal === undefined) continue;
    const isLed = place !== end && hasBit(trails.members, place) && own?.decision.verdict !== "ALLOWED";
    const led = isLed ? ledBy(trails, direct, principal, place) : undefined;
    if (led !== undefined && (own === undefined || (yield* isBetter(place, led, own)))) rows.push(led);
    else if (own !== undefined) rows.push({ principal, decision: own.decision });
  }
}

/** Tells whether somebody is led to the role better than they assume it themselves. Those who must come out alike are decided once. */
function betterWays(trails: Trails): (place: number, led: AccessByRoles, own: AssumeEdge) => Steps<boolean> {
  const known = new Map<number, Verdict>();
  return function* (place, led, own) {
    const likeness = trails.likenessOf(place);
    let verdict = likeness === undefined ? undefined : known.get(likeness);
    if (verdict === undefined) {
      yield* led.workOut();
      yield undefined;
      verdict = led.decision.verdict;
      if (likeness !== undefined) known.set(likeness, verdict);
    }
    return VERDICT_RANK[verdict] > VERDICT_RANK[own.decision.verdict];
  };
}

/** The row of somebody whom the roles lead there that a walk found. */
function ledBy(trails: Trails, direct: Direct, principal: CompiledPrincipal, place: number): AccessByRoles {
  const findWay = function* (): Steps<AssumePath> {
    const last = direct.get(trails.endOf(place));
    if (last === undefined) throw new Error(`no path leads from \`${principal.key}\` to the role`);
    return [...(yield* trails.judgedPathOf(place)), last];
  };
  return new AccessByRoles(principal, findWay, alongPath);
}

function outsidersOf(snapshot: Snapshot, role: Role): readonly PrincipalAccess[] {
  const question = role.accountId === CATALOG_ACCOUNT ? trustQuestion(role) : assumeQuestion(role);
  const trust = snapshot.trusts.get(roleKey(role.accountId, role.name)) ?? [];
  if (question === undefined) return [];
  return outsidersNamed(snapshot, trust)
    .map((caller) => ({ decision: decideFor(snapshot, outsider(caller), question) }))
    .filter(({ decision }) => !isPlainNo(decision));
}
