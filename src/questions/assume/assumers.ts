import { membersOf } from "../../grants/bits.js";
import { compareArns } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { sortInSteps } from "../../grants/sort-in-steps.js";
import type { Steps } from "../../grants/steps.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { Verdict } from "../../policy/decide.js";
import { outsider } from "../access/asker.js";
import { type Decision, decideFor } from "../access/decision.js";
import { isAtLeast, VERDICT_RANK } from "../access/verdict-rank.js";
import type { KnownAccess, PrincipalAccess } from "../who-can/principal-access.js";
import { alongPath } from "./along-path.js";
import { type AssumeEdge, edgesInto, isPlainNo } from "./assume-edges.js";
import { assumeQuestion, trustQuestion } from "./assume-question.js";
import { startHops } from "./hops.js";
import { AccessByRoles } from "./led-by-roles.js";
import { outsidersNamed } from "./outsiders.js";
import { reachInto } from "./reach.js";
import type { AssumePath } from "./trails.js";

/** How many rows are looked at before others get their turn. */
const STEP = 1_000;

/**
 * Who may assume a role: imported users and roles in the order of ARNs, then services and others whom its trust names. Yields
 * now and then.
 */
export function* assumersOf(
  snapshot: Snapshot,
  role: Role,
  isTransitive: boolean,
): Generator<undefined, readonly PrincipalAccess[], undefined> {
  const hops = yield* startHops(snapshot);
  const key = roleKey(role.accountId, role.name);
  const to = hops.roles.get(key);
  const edges = to === undefined ? [] : yield* edgesInto(hops, to);
  yield undefined;
  const direct = edges.map(({ from, decision }): KnownAccess => ({ principal: from, decision }));
  const known = isTransitive ? yield* withOthers(snapshot, key, direct) : direct;
  yield undefined;
  return [...known, ...outsidersOf(snapshot, role)];
}

function rankOf({ decision }: KnownAccess): number {
  return VERDICT_RANK[decision.verdict];
}

/** Also those who get to somebody who may assume the role. Of two ways the better counts; doing it oneself goes first. */
function* withOthers(snapshot: Snapshot, key: Key, direct: readonly KnownAccess[]): Steps<readonly KnownAccess[]> {
  const best = new Map(direct.map((access) => [access.principal.key, access]));
  const roles = direct.filter(({ principal }) => principal.kind === "ROLE");
  const decisions = new Map(roles.map(({ principal, decision }) => [principal.key, decision]));
  const trails = yield* reachInto(snapshot, (tier) => placesOf(snapshot, roles, tier));
  const wayFrom = function* (place: number): Steps<AssumePath> {
    const path = yield* trails.judgedPathOf(place);
    return [...path, lastHop(snapshot, path, key, decisions)];
  };
  for (const [at, place] of membersOf([trails.members]).entries()) {
    if (at % STEP === 0) yield undefined;
    const principal = snapshot.principals[place];
    const own = best.get(principal?.key ?? "");
    if (principal === undefined || principal.key === key || own?.decision.verdict === "ALLOWED") continue;
    const farther = new AccessByRoles(principal, () => wayFrom(place), alongPath);
    if (own !== undefined) yield* farther.workOut();
    if (own === undefined || rankOf(farther) > rankOf(own)) best.set(principal.key, farther);
  }
  const known = [...best.values()];
  const order = yield* sortInSteps(known.length, (a, b) => compareAt(known, a, b));
  return Array.from(order, (at) => known[at]).flatMap((access) => access ?? []);
}

/** Places of those who may assume the role at least that certainly. */
function placesOf(snapshot: Snapshot, assumers: readonly KnownAccess[], tier: Verdict): readonly number[] {
  return assumers.flatMap(({ principal, decision }) => {
    const place = isAtLeast(decision.verdict, tier) ? placeOf(snapshot, principal) : undefined;
    return place ?? [];
  });
}

/** From where a path ends to the role. */
function lastHop(snapshot: Snapshot, path: AssumePath, to: Key, decisions: ReadonlyMap<Key, Decision>): AssumeEdge {
  const last = path.at(-1)?.to ?? "";
  const [from, decision] = [snapshot.principalByKey.get(last), decisions.get(last)];
  if (from === undefined || decision === undefined) throw new Error(`no path leads to \`${to}\` by \`${last}\``);
  return { from, to, decision };
}

function compareAt(known: readonly KnownAccess[], a: number, b: number): number {
  const [left, right] = [known[a], known[b]];
  return left === undefined || right === undefined ? 0 : compareArns(left.principal, right.principal);
}

function outsidersOf(snapshot: Snapshot, role: Role): readonly PrincipalAccess[] {
  const question = role.accountId === CATALOG_ACCOUNT ? trustQuestion(role) : assumeQuestion(role);
  const trust = snapshot.trusts.get(roleKey(role.accountId, role.name)) ?? [];
  if (question === undefined) return [];
  return outsidersNamed(snapshot, trust)
    .map((caller) => ({ decision: decideFor(snapshot, outsider(caller), question) }))
    .filter(({ decision }) => !isPlainNo(decision));
}
