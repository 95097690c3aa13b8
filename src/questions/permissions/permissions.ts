import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { AccessLevel, Action } from "../../inventory/catalog.js";
import { actionKey } from "../../inventory/keys.js";
import { readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { AccessQuestion, ActionChoice, ResourceChoice, Taken } from "../access/access-question.js";
import { type AnswerCoverage, accountsOf, coverageOf } from "../access/coverage.js";
import { type Decision, decidedAs, decideInSteps } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { refusalOf } from "../access/unreadable-value.js";
import { asksForDenials, NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { catalogGaps } from "./catalog-gaps.js";
import { likenessOf } from "./like-actions.js";

export interface PermissionsQuestion {
  /** Only these actions; absent for all of the catalog. */
  readonly actions?: ActionChoice;
  /** Absent: some resource at all. */
  readonly resource?: ResourceChoice;
  readonly context?: Context;
  readonly services?: ReadonlySet<string>;
  readonly accessLevels?: ReadonlySet<AccessLevel>;
  readonly verdicts?: ReadonlySet<Verdict>;
}

export interface Permission {
  readonly action: Action;
  /** Of the Allow statements that reach the action, in their order. */
  readonly resourcePatterns: readonly string[];
  readonly decision: Decision;
}

export interface PermissionsAnswer {
  readonly rows: readonly Permission[];
  readonly coverage: AnswerCoverage;
}

/** What is asked about when no resource is named. */
export const SOME_RESOURCE: ResourceChoice = {
  form: "SOME",
  patterns: [readResourcePattern("*").pattern],
  text: "some resource",
};

/**
 * What can this principal do? One row for each action of the catalog whose verdict is asked for, in order of names. Yields before
 * each decision, so that whoever drives it can let others in.
 */
export function* permissions(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: PermissionsQuestion,
): Generator<undefined, Taken<PermissionsAnswer>, undefined> {
  const grants = grantsOf(snapshot, principal);
  const verdicts = question.verdicts ?? NOT_A_PLAIN_NO;
  const asked = actionsToDecide(snapshot, question);
  const likeness = likenessOf(snapshot, grants);
  const decided: Permission[] = [];
  /** The first of the actions that nothing tells apart. */
  const first = new Map<string, Permission>();
  for (const action of asked) {
    yield undefined;
    const { key, mayReach } = likeness(action.name);
    // An action that no statement mentions is denied, by silence or by a layer that binds everybody.
    const counts = asksForDenials(verdicts) || mayReach || isGrantedByResources(snapshot, { parts: [action] });
    if (!counts) continue;
    const like = first.get(key);
    const permission =
      like === undefined
        ? yield* decidePermission(snapshot, principal, action, question, grants)
        : permissionLike(like, snapshot, principal, action, question);
    first.set(key, like ?? permission);
    decided.push(permission);
  }
  const refusal = refusalOf(
    [...first.values()].map(({ decision }) => decision),
    "",
  );
  if (refusal !== undefined) return refusal;
  const rows = decided.filter(({ decision }) => verdicts.has(decision.verdict));
  return { value: { rows, coverage: permissionsCoverage(snapshot, principal, asked, grants) } };
}

function actionsToDecide({ catalog }: Snapshot, question: PermissionsQuestion): readonly Action[] {
  const { services, accessLevels } = question;
  const asked = question.actions?.parts.flatMap(({ name }) => catalog.actions.get(actionKey(name)) ?? []);
  return (asked ?? [...catalog.actions.values()]).filter(
    (action) =>
      (services === undefined || services.has(action.service)) &&
      (accessLevels === undefined || action.accessLevels.some((level) => accessLevels.has(level))),
  );
}

function* decidePermission(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  action: Action,
  question: PermissionsQuestion,
  grants: readonly Grant[],
): Steps<Permission> {
  const decision = yield* decideInSteps(snapshot, principal, accessOf(action, question), () => grants);
  return { action, resourcePatterns: patternsReaching(grants, asciiLower(action.name)), decision };
}

/** What is left to be worked out of its decision is what explains it. */
function permissionLike(
  { resourcePatterns, decision: { verdict } }: Permission,
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  action: Action,
  question: PermissionsQuestion,
): Permission {
  const decision = decidedAs(snapshot, principal, accessOf(action, question), verdict);
  return { action, resourcePatterns, decision };
}

function accessOf({ name }: Action, question: PermissionsQuestion): AccessQuestion {
  return {
    actions: { mode: "ALL", parts: [{ name, key: actionKey(name) }], text: name },
    resource: question.resource ?? SOME_RESOURCE,
    context: question.context ?? OPEN_CONTEXT,
    remarks: [],
  };
}

function patternsReaching(grants: readonly Grant[], foldedAction: string): readonly string[] {
  const patterns = new Set<string>();
  for (const { statement } of grants) {
    const { effect, resources } = statement;
    if (effect !== "ALLOW" || resources === "UNREADABLE" || mayCoverAction(statement, foldedAction) !== true) continue;
    for (const { text } of resources.patterns) patterns.add(resources.isNegated ? `not ${text}` : text);
  }
  return [...patterns];
}

function permissionsCoverage(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  asked: readonly Action[],
  grants: readonly Grant[],
): AnswerCoverage {
  const scope = {
    accountIds: accountsOf([principal]),
    services: new Set(asked.map(({ service }) => service)),
    policies: new Set(grants.map(({ policy }) => policy)),
    principal,
  };
  const { gaps } = coverageOf(snapshot, scope);
  return { gaps: [...gaps, ...catalogGaps(snapshot, grants)] };
}
