import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { sortInSteps } from "../../grants/sort-in-steps.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { askerOf, outsider } from "../access/asker.js";
import { type Decision, decideFor, decisionOf } from "../access/decision.js";
import { decideLate } from "../access/late-decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { edgesFrom, edgesInto, isPlainNo } from "./assume-edges.js";
import { assumeQuestion, trustQuestion } from "./assume-question.js";
import { startHops } from "./hops.js";
import { judgeInTurn } from "./judge-in-turn.js";
import { outsidersNamed } from "./outsiders.js";
import { type AssumePath, reachFrom, reachInto } from "./reach.js";

/** A role that a principal may assume, and how. */
export interface AssumableRole {
  readonly role: Role;
  readonly decision: Decision;
  readonly path?: AssumePath;
}

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
  const direct = edges.map(({ from, decision }): Assumer => ({ from, decision, path: undefined }));
  const known = isTransitive ? yield* withOthers(snapshot, key, direct) : direct;
  yield undefined;
  const rows = known.map(({ decision, path }) => ({ decision, ...(path === undefined ? {} : { path }) }));
  return [...rows, ...outsidersOf(snapshot, role)];
}

interface Assumer {
  readonly from: CompiledPrincipal;
  readonly decision: Decision;
  readonly path: AssumePath | undefined;
}

function rankOf({ decision }: Assumer): number {
  return VERDICT_RANK[decision.verdict];
}

/** Also those who get to somebody who may assume the role. Of two ways the better counts; doing it oneself goes first. */
function* withOthers(
  snapshot: Snapshot,
  key: Key,
  direct: readonly Assumer[],
): Generator<undefined, readonly Assumer[], undefined> {
  const best = new Map(direct.map((assumer) => [assumer.from.key, assumer]));
  const roles = new Map(
    direct.filter(({ from }) => from.kind === "ROLE").map(({ from, decision }) => [from.key, decision]),
  );
  for (const [at, { principal, path }] of (yield* reachInto(snapshot, roles)).entries()) {
    if (at % STEP === 0) yield undefined;
    const own = best.get(principal.key);
    const last = roles.get(path.at(-1)?.to ?? "");
    const from = snapshot.principalByKey.get(path.at(-1)?.to ?? "");
    const isBest = own?.decision.verdict === "ALLOWED";
    if (isBest || principal.key === key || last === undefined || from === undefined) continue;
    const farther = fartherAlong(snapshot, principal, [...path, { from, to: key, decision: last }]);
    if (own !== undefined) yield undefined;
    if (own === undefined || rankOf(farther) > rankOf(own)) best.set(principal.key, farther);
  }
  const known = [...best.values()];
  const order = yield* sortInSteps(known.length, (a, b) => compareAt(known, a, b));
  return Array.from(order, (at) => known[at]).flatMap((assumer) => assumer ?? []);
}

function compareAt(known: readonly Assumer[], a: number, b: number): number {
  const [left, right] = [known[a], known[b]];
  return left === undefined || right === undefined ? 0 : compareArns(left.from, right.from);
}

function fartherAlong(snapshot: Snapshot, from: CompiledPrincipal, path: AssumePath): Assumer {
  return { from, decision: alongPath(snapshot, path), path };
}

/** All hops together, decided for the first of them; what settles the last of them is the session's that makes it. */
function alongPath(snapshot: Snapshot, path: AssumePath): Decision {
  const [first] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) throw new Error("a path has no hop");
  const { question } = last.decision;
  const asker = askerOf(snapshot, first.from, () => grantsOf(snapshot, first.from));
  const via = path.slice(0, -1).map(({ to }) => snapshot.roles.get(to)?.name ?? to);
  return decideLate({ snapshot, question, asker, ...(via.length > 0 && { via }) }, () => {
    const judgement = judgeInTurn(path.map(({ decision }) => decision));
    const decision = decisionOf(snapshot, asker, question, { judgement, actions: last.decision.judged.actions });
    return { ...decision, grants: () => last.decision.grants() };
  });
}

function outsidersOf(snapshot: Snapshot, role: Role): readonly PrincipalAccess[] {
  const question = role.accountId === CATALOG_ACCOUNT ? trustQuestion(role) : assumeQuestion(role);
  const trust = snapshot.trusts.get(roleKey(role.accountId, role.name)) ?? [];
  if (question === undefined) return [];
  return outsidersNamed(snapshot, trust)
    .map((caller) => ({ decision: decideFor(snapshot, outsider(caller), question) }))
    .filter(({ decision }) => !isPlainNo(decision));
}

/** Roles that a principal may assume, in the order of ARNs. Yields now and then. */
export function* assumableRoles(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  isTransitive: boolean,
): Generator<undefined, readonly AssumableRole[], undefined> {
  const edges = yield* edgesFrom(yield* startHops(snapshot), principal);
  yield undefined;
  const direct = new Map(edges.map((edge) => [edge.to, edge.decision]));
  const paths = isTransitive ? yield* reachFrom(snapshot, principal) : new Map<Key, AssumePath>();
  const keys = [...new Set([...direct.keys(), ...paths.keys()])];
  const order = yield* sortInSteps(keys.length, (a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
  const roles: AssumableRole[] = [];
  for (const [at, row] of order.entries()) {
    if (at % STEP === 0) yield undefined;
    const key = keys[row] ?? "";
    const role = snapshot.roles.get(key);
    const own = direct.get(key);
    const path = paths.get(key);
    if (role === undefined || key === principal.key) continue;
    if (own !== undefined && (path === undefined || path.length <= 1)) roles.push({ role, decision: own });
    else if (path !== undefined) roles.push({ role, decision: alongPath(snapshot, path), path });
  }
  return roles;
}
