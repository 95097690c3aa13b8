import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { readResourcePattern, UNSCOPED } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Statement } from "../../policy/document.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import type { ActionRepresentatives } from "../../policy/patterns/action-set.js";
import type { AccessQuestion, ActionPart, ResourceChoice } from "../access/access-question.js";
import type { Decision } from "../access/decision.js";
import { NO_RESOURCE } from "../access/fit-resources.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { ANY_ACTION, actionLike } from "./action-like.js";
import { actionsToldApart } from "./actions-told-apart.js";
import { isAllowedForCertain } from "./allowed-for-certain.js";
import { decideAt, type Foothold } from "./foothold.js";
import { isPlainlyDenied } from "./plainly-denied.js";

/**
 * Control policies and the policies of resources bind or serve everybody in an account alike, so they make nobody more or less
 * of an administrator.
 */
const LEFT_OUT: ReadonlySet<PolicyLayer> = new Set(["CONTROL_POLICY", "RESOURCE_POLICY", "ASSUME_ROLE_POLICY"]);

/**
 * Is somebody an administrator: may they do everything to everything in their account? Decided, not told from the names of
 * policies. Undefined for a plain no. Yields now and then.
 */
export function* administratorDecision(
  snapshot: Snapshot,
  foothold: Foothold,
  context: Context = OPEN_CONTEXT,
): Steps<Decision | undefined> {
  const told = yield* actionsToDecide(foothold);
  if (told === undefined) return undefined;
  const decision = yield* decideAt(snapshot, foothold, everythingIn(foothold, told, context));
  return isPlainNo(decision) ? undefined : decision;
}

/** The verdict of that decision alone: what is allowed for certain is left out of it. */
export function* administratorVerdict(
  snapshot: Snapshot,
  foothold: Foothold,
  context: Context,
): Steps<Verdict | undefined> {
  const told = yield* actionsToDecide(foothold);
  if (told === undefined) return undefined;
  const isLeft = (name: string) =>
    context.mode === "CLOSED" || !isAllowedForCertain(snapshot, foothold, asciiLower(name));
  const actions = told.actions.filter(isLeft);
  if (actions.length === 0 && told.isExact) return "ALLOWED";
  const decision = yield* decideAt(snapshot, foothold, everythingIn(foothold, { ...told, actions }, context));
  return isPlainNo(decision) ? undefined : decision.verdict;
}

/** The actions that stand for all; undefined where it is plain without a decision that not all of them are allowed. */
function* actionsToDecide({ grants, principal }: Foothold): Steps<ActionRepresentatives | undefined> {
  const mayBe = grants.some(({ statement }) => mayAllowAnything(statement));
  if (!mayBe || isPlainlyDenied(grants, principal.accountId)) return undefined;
  if (!actionsInQuestion(grants).every((name) => mayCallWithoutResource(grants, name))) return undefined;
  const told = yield* actionsToldApart(grants);
  return told.actions.every((name) => mayCallWithoutResource(grants, asciiLower(name))) ? told : undefined;
}

/** May a statement allow an action that nobody names, where it takes no resource? That is part of everything. */
export function mayAllowAnything(statement: Statement): boolean {
  return mayAllowWithoutResource(statement, ANY_ACTION);
}

/**
 * May some statement allow the call that takes no resource? That is part of everything, and most patterns of resources do not cover it,
 * so most who hold something are told from administrators by it before anything is decided.
 */
function mayCallWithoutResource(grants: readonly Grant[], foldedAction: string): boolean {
  return grants.some(({ statement }) => mayAllowWithoutResource(statement, foldedAction));
}

function mayAllowWithoutResource(statement: Statement, foldedAction: string): boolean {
  return (
    statement.effect !== "DENY" &&
    mayCoverAction(statement, foldedAction) !== false &&
    mayCoverResource(statement, { resource: UNSCOPED }) !== false
  );
}

/** Every action on every resource of the account, and the calls that take no resource. */
function everythingIn(
  { principal }: Foothold,
  { actions, isExact }: ActionRepresentatives,
  context: Context,
): AccessQuestion {
  const text = `every resource of account ${principal.accountId}`;
  const pattern = readResourcePattern(`acs:*:*:${principal.accountId}:*`).pattern;
  const resource: ResourceChoice = { form: "EVERY", patterns: [pattern], text };
  const parts: ActionPart[] = actions.flatMap((name) => [{ name }, { name, resource: NO_RESOURCE }]);
  return {
    actions: { mode: "ALL", parts, text: "everything", isExact },
    resource,
    context,
    ignoredLayers: LEFT_OUT,
    remarks: [],
  };
}

/** Actions that one statement leaves out or denies, to begin with. */
function actionsInQuestion(grants: readonly Grant[]): readonly string[] {
  const patterns = grants.flatMap(({ statement: { actions, effect } }) =>
    actions === "UNREADABLE" || (effect === "ALLOW" && !actions.isNegated) ? [] : actions.patterns,
  );
  return [...new Set(patterns.map(actionLike))];
}
