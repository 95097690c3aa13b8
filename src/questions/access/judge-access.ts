import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import { type RequestResource, type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { withKnown } from "../../policy/conditions/context.js";
import type { FamilyTest } from "../../policy/conditions/operator.js";
import { combineAll, combineAny, decide, type Judgement } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { allOf, UNKNOWN } from "../../policy/logic/formula.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { representatives } from "../../policy/patterns/resource-set.js";
import { type PointRequest, pointRequest } from "../../policy/request.js";
import type { AccessQuestion, ActionPart, ResourceChoice } from "./access-question.js";
import { assumesRole } from "./assume-role.js";
import { callerOf } from "./caller-of.js";
import { inOwnAccount, isForeign, knownOfPrincipal, knownOfResource } from "./known-context.js";

/** One action of the question on one resource, judged. */
export interface JudgedPoint {
  readonly request: PointRequest;
  readonly judgement: Judgement;
}

/** One action of the question, judged on every resource that matters. */
export interface JudgedAction {
  readonly part: ActionPart;
  readonly choice: ResourceChoice;
  readonly points: readonly JudgedPoint[];
  readonly judgement: Judgement;
  /** False when the resource patterns were too many to be told apart: the judgement is then conservative. */
  readonly isExact: boolean;
}

export interface JudgedAccess {
  readonly judgement: Judgement;
  readonly actions: readonly JudgedAction[];
}

/**
 * Judges a question for one principal: every action on every resource that it names, joined as the question says. A set
 * of resources is judged by its representatives, so `decide` remains the only judge.
 */
export function judgeAccess(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  grants: readonly Grant[],
): JudgedAccess {
  const actions = question.actions.parts.map((part) => judgeAction(snapshot, principal, question, part, grants));
  const combine = question.actions.mode === "ALL" ? combineAll : combineAny;
  return { judgement: combine(actions.map(({ judgement }) => judgement)), actions };
}

function judgeAction(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  part: ActionPart,
  grants: readonly Grant[],
): JudgedAction {
  const choice = part.resource ?? question.resource;
  const relevant = grants.filter(({ statement }) => mayCoverAction(statement, asciiLower(part.name)) !== false);
  const { resources, isExact } = resourcesToJudge(choice, principal, relevant);
  const points = resources.map((resource) => {
    const request = requestFor(snapshot, principal, question, part.name, resource);
    return { request, judgement: withTrust(decide(request, { bounds: [], identity: relevant }), request) };
  });
  const parts = points.map(({ judgement }) => judgement);
  if (!isExact) parts.push(UNSEEN);
  const combine = choice.form === "SOME" ? combineAny : combineAll;
  return { part, choice, points, judgement: combine(parts), isExact };
}

/**
 * Identity policies alone can only forbid `sts:AssumeRole`: whether it is allowed hangs on the role's trust policy too,
 * which is not weighed here. So anything better than a no is left open.
 */
function withTrust(judgement: Judgement, { action }: PointRequest): Judgement {
  return assumesRole(action) ? { ...judgement, allowed: allOf([UNKNOWN, judgement.allowed]) } : judgement;
}

/** Resources that no representative stands for may be judged either way. */
const UNSEEN: Judgement = { allowed: UNKNOWN, denied: UNKNOWN, layers: [], unreadableValues: [] };

function requestFor(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  { context }: AccessQuestion,
  action: string,
  resource: RequestResource,
): PointRequest {
  const known = new Map([...knownOfPrincipal(principal), ...knownOfResource(snapshot, asciiLower(action), resource)]);
  const closesAtBorder = isForeign(resource, principal) && !assumesRole(action);
  return pointRequest({
    action,
    resource,
    context: withKnown(context, known),
    caller: callerOf(snapshot, principal),
    isForeign: closesAtBorder,
    resourceGroup: "NOT_IMPORTED",
  });
}

function resourcesToJudge(
  choice: ResourceChoice,
  principal: CompiledPrincipal,
  grants: readonly Grant[],
): { readonly resources: readonly RequestResource[]; readonly isExact: boolean } {
  if (choice.form === "EACH") {
    return { resources: choice.resources.map((resource) => inOwnAccount(resource, principal)), isExact: true };
  }
  const unions = unionsOf(grants);
  // A set in no particular account is one of the principal's own: services are closed between accounts, so EVERY over
  // all accounts would never hold.
  const ownAccount = principal.accountId === CATALOG_ACCOUNT ? undefined : principal.accountId;
  const cells = choice.patterns.map((pattern) => representatives(pattern, unions, ownAccount));
  return { resources: cells.flatMap(({ resources }) => resources), isExact: cells.every(({ isExact }) => isExact) };
}

/**
 * The pattern lists that tell resources apart. Statements that always apply differ only in their effect, so their
 * patterns make one union each; a statement with conditions, or one that excludes resources, makes its own, and so do the
 * values that the pseudo-key `Resource` is compared with.
 */
function unionsOf(grants: readonly Grant[]): readonly (readonly ResourcePattern[] | FamilyTest)[] {
  const merged = new Map<string, Map<string, ResourcePattern>>();
  const tests = new Map<string, FamilyTest>();
  for (const { statement, policy, resourceGroupId } of grants) {
    if (statement.resources === "UNREADABLE" || resourceGroupId !== undefined) continue;
    const { patterns, isNegated } = statement.resources;
    const isPlain = statement.conditions.length === 0 && statement.unreadable.length === 0 && !isNegated;
    const group = isPlain ? statement.effect : `${policy}#${statement.pointer}`;
    const union = merged.get(group) ?? new Map<string, ResourcePattern>();
    for (const pattern of patterns) union.set(pattern.text, pattern);
    merged.set(group, union);
    for (const test of statement.conditions.filter(({ foldedKey }) => foldedKey === "resource")) {
      tests.set(test.identity, test);
    }
  }
  const unions = [...merged.values()].map((union) => [...union.values()]);
  const distinct = new Map(
    unions.map((union) => [
      union
        .map(({ text }) => text)
        .sort()
        .join("\n"),
      union,
    ]),
  );
  const dividing = [...distinct.values()].filter((union) => !union.some(({ form }) => form === "ANY"));
  return [...dividing, ...tests.values()];
}

/** The set of all resources. */
export const ANY_RESOURCE: ResourcePattern = readResourcePattern("*").pattern;
