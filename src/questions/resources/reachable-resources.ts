import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { actionKey } from "../../inventory/keys.js";
import type { Gap } from "../../inventory/source.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { coversResource, type RequestResource, readRequestArn, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { type ActionChoice, refuse, type Taken } from "../access/access-question.js";
import { type AnswerCoverage, accountsOf, coverageOf } from "../access/coverage.js";
import { type Decision, decideAccess } from "../access/decision.js";
import { resourceKinds } from "../access/fit-resources.js";
import { concernsBuckets } from "../access/granted-by-resources.js";
import { refusalOf } from "../access/unreadable-value.js";
import { asksForDenials } from "../access/verdict-rank.js";
import { knownResources } from "./known-resources.js";

export interface ResourcesQuestion {
  /** One action. */
  readonly actions: ActionChoice;
  readonly context: Context;
  readonly verdicts: ReadonlySet<Verdict>;
  /** Accounts that own the resources; absent for all. */
  readonly accountIds?: ReadonlySet<string>;
  /** Part of the ARN, letter case ignored. */
  readonly arnContains?: string;
}

/** A known resource and what was decided about it. */
export interface ReachableResource {
  readonly resource: RequestResource;
  readonly decision: Decision;
}

export interface ReachableResources {
  readonly rows: readonly ReachableResource[];
  readonly coverage: AnswerCoverage;
}

/** More resources than this are not decided in one question. */
const MAX_DECIDED = 50_000;

/**
 * On which known resources may somebody do this? Those of the types that the action takes, in the order of ARNs; where the
 * catalog does not say what it takes, those of its own service. Yields before each of them, so that whoever drives it can let
 * others in.
 */
export function* reachableResources(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: ResourcesQuestion,
): Generator<undefined, Taken<ReachableResources>, undefined> {
  const grants = grantsOf(snapshot, principal);
  const candidates = yield* candidatesOf(snapshot, question, grants);
  if (candidates.length > MAX_DECIDED) {
    return refuse("filterBy", `${candidates.length} resources are too many at once; narrow them to ${MAX_DECIDED}`);
  }
  const rows: ReachableResource[] = [];
  for (const resource of candidates) {
    yield undefined;
    const { actions, context } = question;
    const choice = { form: "EACH" as const, resources: [resource], text: resource.text };
    const decision = decideAccess(
      snapshot,
      principal,
      { actions, resource: choice, context, remarks: [] },
      () => grants,
    );
    const refusal = refusalOf([decision], "");
    if (refusal !== undefined) return refusal;
    if (question.verdicts.has(decision.verdict)) rows.push({ resource, decision });
  }
  return { value: { rows, coverage: coverageFor(snapshot, principal, question, grants) } };
}

/** How many resources are looked at before others get their turn. */
const STEP = 1_000;

function* candidatesOf(
  snapshot: Snapshot,
  question: ResourcesQuestion,
  grants: readonly Grant[],
): Generator<undefined, readonly RequestResource[], undefined> {
  const isCandidate = candidateTest(snapshot, question, grants);
  const candidates: RequestResource[] = [];
  for (const [at, resource] of (yield* knownResources(snapshot)).entries()) {
    if (at % STEP === 0) yield undefined;
    if (isCandidate(resource)) candidates.push(resource);
  }
  return candidates;
}

function candidateTest(
  snapshot: Snapshot,
  { actions, verdicts, accountIds, arnContains = "" }: ResourcesQuestion,
  grants: readonly Grant[],
): (resource: RequestResource) => boolean {
  const names = actions.parts.map(({ name }) => name);
  const fits = namesFitting(snapshot, names);
  const wanted = asciiLower(arnContains);
  const isOpen = asksForDenials(verdicts) || names.some(concernsBuckets);
  const allowing = grants.filter(
    ({ statement }) =>
      statement.effect !== "DENY" && names.some((name) => mayCoverAction(statement, asciiLower(name)) !== false),
  );
  return (resource) =>
    (accountIds?.has(resource.segments?.[3] ?? "") ?? true) &&
    asciiLower(resource.text).includes(wanted) &&
    fits(resource) &&
    (isOpen || allowing.some((grant) => mayReach(grant, resource)));
}

/** What no Allow may cover is denied by silence. */
function mayReach({ statement: { resources } }: Grant, resource: RequestResource): boolean {
  if (resources === "UNREADABLE" || resources.isNegated) return true;
  return resources.patterns.some((pattern) => coversResource(pattern, resource));
}

/** Exports and pages differ in the letter case of types. */
function namesFitting({ catalog }: Snapshot, names: readonly string[]): (resource: RequestResource) => boolean {
  const kinds = resourceKinds(names.flatMap((name) => catalog.operationsOfAction.get(actionKey(name)) ?? []));
  // What STS gives out are roles, which are resources of RAM.
  const services = new Set(names.map(serviceOfAction).map((service) => (service === "sts" ? "ram" : service)));
  if (!kinds.isKnown) return ({ segments }) => services.has(segments?.[1] ?? "");
  const typed = kinds.typed.map(({ text }) => readResourcePattern(asciiLower(text)).pattern);
  return ({ folded }) => {
    const resource = readRequestArn(asciiLower(folded));
    return resource !== undefined && typed.some((pattern) => coversResource(pattern, resource));
  };
}

function coverageFor(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  { actions }: ResourcesQuestion,
  grants: readonly Grant[],
): AnswerCoverage {
  const { gaps } = coverageOf(snapshot, {
    accountIds: accountsOf([principal]),
    services: new Set(actions.parts.map(({ name }) => serviceOfAction(name))),
    policies: new Set(grants.map(({ policy }) => policy)),
  });
  return { gaps: [ONLY_KNOWN, ...gaps] };
}

const ONLY_KNOWN: Gap = {
  reason: "RESOURCES_NOT_IMPORTED",
  subject: "*",
  detail:
    "only resources that imports name are listed: members of resource groups, what carries tags, buckets with policies, and users, groups, roles and custom policies",
};
