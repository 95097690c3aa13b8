import type { Snapshot } from "../../grants/snapshot.js";
import { finish, type Steps } from "../../grants/steps.js";
import type { RequestResource } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { combineAll, combineAny, decide, type Judgement, type Layers, settleJudgement } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { UNKNOWN } from "../../policy/logic/formula.js";
import { mayCoverAction, mayNameCaller } from "../../policy/match-statement.js";
import type { PointRequest } from "../../policy/request.js";
import type { AccessQuestion, ActionPart, ResourceChoice } from "./access-question.js";
import { type Asker, withIdentity } from "./asker.js";
import { assumesRole } from "./assume-role.js";
import { concernsBuckets } from "./granted-by-resources.js";
import { ownerOf } from "./known-context.js";
import { knownOfSet } from "./known-of-set.js";
import { layersFor } from "./layers-for.js";
import { requestOf } from "./request-of.js";
import { resourcesToJudge } from "./resources-to-judge.js";

/** One action of the question on one resource. */
export interface AskedPoint {
  readonly request: PointRequest;
  /** What it is weighed against. */
  readonly layers: Layers;
}

/** The same, judged. */
export interface JudgedPoint extends AskedPoint {
  readonly judgement: Judgement;
}

/** One action of the question, judged on every resource that matters. */
export interface JudgedAction {
  readonly part: ActionPart;
  readonly choice: ResourceChoice;
  readonly points: readonly JudgedPoint[];
  /** What each of the points' resources gives to all the actions that must share one; the point's own for a lone action. */
  readonly shared: readonly Judgement[];
  /** False when the resource patterns were too many to be told apart: the judgement is then conservative. */
  readonly isExact: boolean;
}

export interface JudgedAccess {
  readonly judgement: Judgement;
  readonly actions: readonly JudgedAction[];
}

/**
 * Judges a question for one caller: every action on every resource that it names, joined as the question says. A set of
 * resources is judged by its representatives, so `decide` remains the only judge.
 */
export function judgeAccess(snapshot: Snapshot, asker: Asker, question: AccessQuestion): JudgedAccess {
  return finish(judgeInSteps(snapshot, asker, question));
}

/** The same. Yields now and then, as a set may take long to be divided, and a question may ask for thousands of things. */
export function* judgeInSteps(snapshot: Snapshot, asker: Asker, question: AccessQuestion): Steps<JudgedAccess> {
  const { mode, isExact = true } = question.actions;
  const groups: JudgedAccess[] = [];
  for (const parts of actionGroups(question)) {
    if (groups.length > 0) yield undefined;
    groups.push(yield* judgeTogether(snapshot, asker, question, parts));
  }
  const judgements = yield* settleInSteps(groups.map(({ judgement }) => judgement));
  const combine = mode === "ALL" ? combineAll : combineAny;
  return {
    judgement: combine(isExact ? judgements : [...judgements, UNSEEN]),
    actions: groups.flatMap(({ actions }) => actions),
  };
}

/**
 * One call on SOME resource needs one that serves all of its actions; a resource for each action would be as many calls.
 * Everything else is asked action by action.
 */
function actionGroups({ actions, resource }: AccessQuestion): readonly (readonly ActionPart[])[] {
  const isShared = (part: ActionPart) => (part.resource ?? resource) === resource;
  const shared = actions.isOperation && resource.form === "SOME" ? actions.parts.filter(isShared) : [];
  const lone = actions.parts.filter((part) => !shared.includes(part)).map((part) => [part]);
  return shared.length > 0 ? [shared, ...lone] : lone;
}

function* judgeTogether(
  snapshot: Snapshot,
  asker: Asker,
  question: AccessQuestion,
  parts: readonly ActionPart[],
): Steps<JudgedAccess> {
  const choice = parts[0]?.resource ?? question.resource;
  const sides = parts.map((part) => ({ part, ...concerning(snapshot, asker, question, part) }));
  // Named resources are judged as they are; only sets have to be divided.
  const anywhere = choice.form === "EACH" ? [] : sides.map((side) => side.anywhere());
  const names = parts.map(({ name }) => name);
  const name = names.find(assumesRole) ?? names[0] ?? "";
  const divided = yield* resourcesToJudge(snapshot, asker.caller, name, choice, anywhere);
  const known = knownOfSet(snapshot, asker.caller, question.context, choice, anywhere.flat());
  const resources = [...divided.resources, ...known.resources];
  const isExact = divided.isExact && known.isExact;
  const points = sides.map(({ part, relevant }) =>
    resources.map((resource) => judgePoint(snapshot, relevant, question, part.name, resource)),
  );
  const shared = resources.map((_, i) => combineAll(points.flatMap((own) => own[i]?.judgement ?? [])));
  const combine = choice.form === "SOME" ? combineAny : combineAll;
  const judgements = choice.form === "EACH" ? yield* settleInSteps(shared) : shared;
  return {
    judgement: combine(isExact ? judgements : [...judgements, UNSEEN]),
    actions: parts.map((part, i) => ({ part, choice, points: points[i] ?? [], shared, isExact })),
  };
}

/**
 * Each as far as it is settled, where there are several. What is joined of them then hangs on nothing but what is open: conditions that
 * can be told apart by themselves may be too many to be told apart together.
 */
function* settleInSteps(judgements: readonly Judgement[]): Steps<readonly Judgement[]> {
  if (judgements.length < 2) return judgements;
  const settled: Judgement[] = [];
  for (const judgement of judgements) {
    yield undefined;
    settled.push(settleJudgement(judgement));
  }
  return settled;
}

/** The statements that say something about an action: those that reach the asker, and those of every layer. */
function concerning(snapshot: Snapshot, asker: Asker, question: AccessQuestion, part: ActionPart) {
  const foldedAction = asciiLower(part.name);
  const concerns = ({ statement, layer }: Grant) =>
    mayCoverAction(statement, foldedAction) !== false &&
    (layer !== "RESOURCE_POLICY" || mayNameCaller(statement, asker) !== false);
  const relevant: Asker =
    typeof asker.identity === "string" ? asker : withIdentity(asker, asker.identity.filter(concerns));
  return { relevant, anywhere: () => grantsAnywhere(snapshot, relevant, question, part).filter(concerns) };
}

/** The statements of every layer that a resource of the question could be weighed against: what tells its resources apart. */
export function dividingGrants(snapshot: Snapshot, asker: Asker, question: AccessQuestion): readonly Grant[] {
  return question.actions.parts.flatMap((part) => concerning(snapshot, asker, question, part).anywhere());
}

/** Actions and resources that no representative stands for may be judged either way. */
const UNSEEN: Judgement = { allowed: UNKNOWN, denied: UNKNOWN, layers: [], unreadableValues: [] };

/** Statements of every layer that any resource of a set could be weighed against. */
function grantsAnywhere(
  { controlLevels, bucketPolicies }: Snapshot,
  { caller, identity }: Asker,
  { sessionPolicy, resource: asked }: AccessQuestion,
  { name, resource = asked }: ActionPart,
): readonly Grant[] {
  const buckets = concernsBuckets(name) ? [...bucketPolicies.values()] : [];
  const named = resource.form === "EACH" ? [] : resource.patterns.map(ownerOf);
  const owners = new Set([caller.accountId, ...named, ...buckets.map(({ accountId }) => accountId)]);
  const levels = [...owners].flatMap((owner) => controlLevels.get(owner ?? "")?.levels ?? []);
  return [
    ...(typeof identity === "string" ? [] : identity),
    ...new Set(levels.flatMap(({ grants }) => grants)),
    ...(sessionPolicy ?? []),
    ...buckets.flatMap(({ grants }) => grants),
  ];
}

/** Judges one action on one resource; what reaches the asker is given by it. */
function judgePoint(
  snapshot: Snapshot,
  asker: Asker,
  question: AccessQuestion,
  action: string,
  asked: RequestResource,
): JudgedPoint {
  const request = requestOf(snapshot, asker.caller, question, action, asked);
  const layers = layersFor(snapshot, asker, question, request);
  return { request, layers, judgement: decide(request, layers) };
}
