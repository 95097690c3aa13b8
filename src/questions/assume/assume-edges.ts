import { type CompiledPrincipal, compareArns } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import { type Decision, decideAccess } from "../access/decision.js";
import { VERDICT_RANK } from "../access/verdict-rank.js";
import { assumeQuestion } from "./assume-question.js";

/** One principal may assume one role: one hop of a path. */
export interface AssumeEdge {
  readonly from: CompiledPrincipal;
  readonly to: Key;
  readonly decision: Decision;
}

/** Users and roles that may assume a role, decided one by one; plain denials are left out. Yields before each. */
export function* edgesInto(
  snapshot: Snapshot,
  role: Role,
  context: Context = OPEN_CONTEXT,
): Generator<undefined, readonly AssumeEdge[], undefined> {
  const question = assumeQuestion(role, context);
  if (question === undefined) return [];
  const policies = snapshot.actionIndex.candidates("sts:assumerole");
  const to = roleKey(role.accountId, role.name);
  const candidates = principalsReachedBy(snapshot, policies).filter((from) => from.key !== to && mayHop(from));
  const edges: AssumeEdge[] = [];
  for (const from of candidates) {
    yield undefined;
    const decision = decideAccess(snapshot, from, question, () => grantsOf(snapshot, from, policies));
    if (!isPlainNo(decision)) edges.push({ from, to, decision });
  }
  return edges;
}

/** Roles that a principal may assume; plain denials are left out. Yields before each that is decided. */
export function* edgesFrom(
  snapshot: Snapshot,
  from: CompiledPrincipal,
): Generator<undefined, readonly AssumeEdge[], undefined> {
  if (!mayHop(from)) return [];
  const policies = snapshot.actionIndex.candidates("sts:assumerole");
  const grants = grantsOf(snapshot, from, policies);
  if (grants.length === 0) return [];
  const edges: AssumeEdge[] = [];
  for (const [to, role] of snapshot.roles) {
    const question = to === from.key ? undefined : assumeQuestion(role);
    if (question === undefined) continue;
    yield undefined;
    const decision = decideAccess(snapshot, from, question, () => grants);
    if (!isPlainNo(decision)) edges.push({ from, to, decision });
  }
  return edges;
}

export function isPlainNo({ verdict }: Decision): boolean {
  return VERDICT_RANK[verdict] < VERDICT_RANK.UNDETERMINED;
}

/** A service-linked role acts for its service alone and assumes nothing; a role of the catalog is in no account. */
function mayHop({ accountId, serviceName }: CompiledPrincipal): boolean {
  return accountId !== CATALOG_ACCOUNT && serviceName === undefined;
}

function principalsReachedBy(snapshot: Snapshot, policies: ReadonlySet<Key>): readonly CompiledPrincipal[] {
  return [...new Set([...policies].flatMap((policy) => snapshot.reachedBy.get(policy) ?? []))].sort(compareArns);
}
