import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { outsider } from "../access/asker.js";
import { type Decision, decideFor, decisionOf } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { edgesFrom, edgesInto, isPlainNo } from "./assume-edges.js";
import { assumeQuestion, trustQuestion } from "./assume-question.js";
import { judgeInTurn } from "./judge-in-turn.js";
import { outsidersNamed } from "./outsiders.js";
import { type AssumePath, reachFrom, reachInto } from "./reach.js";

/** A role that a principal may assume, and how. */
export interface AssumableRole {
  readonly role: Role;
  readonly decision: Decision;
  readonly path?: AssumePath;
}

/**
 * Who may assume a role: imported users and roles in the order of ARNs, then services and others whom its trust names. Yields
 * before each decision.
 */
export function* assumersOf(
  snapshot: Snapshot,
  role: Role,
  isTransitive: boolean,
): Generator<undefined, readonly PrincipalAccess[], undefined> {
  const edges = yield* edgesInto(snapshot, role);
  const direct = edges.map(({ from, decision }): Assumer => ({ from, decision, path: undefined }));
  const key = roleKey(role.accountId, role.name);
  const best = new Map(direct.map((assumer) => [assumer.from.key, assumer]));
  for (const farther of isTransitive ? yield* throughOthers(snapshot, key, direct) : []) {
    const own = best.get(farther.from.key);
    if (own === undefined || rankOf(farther) > rankOf(own)) best.set(farther.from.key, farther);
  }
  const known = [...best.values()].toSorted((a, b) => (a.from.arn < b.from.arn ? -1 : 1));
  return [
    ...known.map(({ decision, path }) => ({ decision, ...(path === undefined ? {} : { path }) })),
    ...outsidersOf(snapshot, role),
  ];
}

interface Assumer {
  readonly from: CompiledPrincipal;
  readonly decision: Decision;
  readonly path: AssumePath | undefined;
}

function rankOf({ decision }: Assumer): number {
  return VERDICT_RANK[decision.verdict];
}

/** Those who get to somebody who may assume the role. */
function* throughOthers(
  snapshot: Snapshot,
  key: Key,
  direct: readonly Assumer[],
): Generator<undefined, readonly Assumer[], undefined> {
  const roles = new Map(
    direct.filter(({ from }) => from.kind === "ROLE").map(({ from, decision }) => [from.key, decision]),
  );
  const farther: Assumer[] = [];
  for (const { principal, path } of yield* reachInto(snapshot, roles)) {
    const last = roles.get(path.at(-1)?.to ?? "");
    const from = snapshot.principalByKey.get(path.at(-1)?.to ?? "");
    if (principal.key === key || last === undefined || from === undefined) continue;
    yield undefined;
    const whole: AssumePath = [...path, { from, to: key, decision: last }];
    farther.push({ from: principal, decision: alongPath(snapshot, whole), path: whole });
  }
  return farther;
}

/** All hops together, decided for the first of them. */
function alongPath(snapshot: Snapshot, path: AssumePath): Decision {
  const [first] = path;
  const last = path.at(-1);
  if (first?.decision.asker === undefined || last === undefined) throw new Error("a path has no hop");
  const judgement = judgeInTurn(path.map(({ decision }) => decision));
  const { asker } = first.decision;
  return decisionOf(snapshot, asker, last.decision.question, { judgement, actions: last.decision.judged.actions });
}

function outsidersOf(snapshot: Snapshot, role: Role): readonly PrincipalAccess[] {
  const question = role.accountId === CATALOG_ACCOUNT ? trustQuestion(role) : assumeQuestion(role);
  const trust = snapshot.trusts.get(roleKey(role.accountId, role.name)) ?? [];
  if (question === undefined) return [];
  return outsidersNamed(snapshot, trust)
    .map((caller) => ({ decision: decideFor(snapshot, outsider(caller), question) }))
    .filter(({ decision }) => !isPlainNo(decision));
}

/** Roles that a principal may assume, in the order of ARNs. Yields before each decision. */
export function* assumableRoles(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  isTransitive: boolean,
): Generator<undefined, readonly AssumableRole[], undefined> {
  const edges = yield* edgesFrom(snapshot, principal);
  const direct = new Map(edges.map((edge) => [edge.to, edge.decision]));
  const paths = isTransitive ? yield* reachFrom(snapshot, principal) : new Map<Key, AssumePath>();
  const keys = [...new Set([...direct.keys(), ...paths.keys()])].toSorted();
  return keys.flatMap((key) => {
    const role = snapshot.roles.get(key);
    const own = direct.get(key);
    const path = paths.get(key);
    if (role === undefined || key === principal.key) return [];
    if (own !== undefined && (path === undefined || path.length <= 1)) return [{ role, decision: own }];
    return path === undefined ? [] : [{ role, decision: alongPath(snapshot, path), path }];
  });
}
