import type { Snapshot } from "../../grants/snapshot.js";
import { readResourcePattern, UNSCOPED } from "../../policy/arn.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import type { AccessQuestion, ActionPart, ResourceChoice } from "../access/access-question.js";
import type { Decision } from "../access/decision.js";
import { NO_RESOURCE } from "../access/fit-resources.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { decideAt, type Foothold } from "./foothold.js";

/** An action that no policy names: only a pattern over all services covers it. */
const ANY_ACTION = "any:thing";

/**
 * Control policies and the policies of resources bind or serve everybody in an account alike, so they make nobody more or less
 * of an administrator.
 */
const LEFT_OUT: ReadonlySet<PolicyLayer> = new Set(["CONTROL_POLICY", "RESOURCE_POLICY", "ASSUME_ROLE_POLICY"]);

/**
 * Is somebody an administrator: may they do everything to everything in their account? Decided, not told from the names of
 * policies. Undefined for a plain no.
 */
export function administratorDecision(
  snapshot: Snapshot,
  foothold: Foothold,
  context: Context = OPEN_CONTEXT,
): Decision | undefined {
  const mayBe = foothold.grants.some(
    ({ statement }) => statement.effect !== "DENY" && mayCoverAction(statement, ANY_ACTION) !== false,
  );
  if (!mayBe) return undefined;
  const names = actionsToldApart(foothold.grants);
  if (!names.every((name) => mayCallWithoutResource(foothold.grants, name))) return undefined;
  const decision = decideAt(snapshot, foothold, everythingIn(foothold, names, context));
  return isPlainNo(decision) ? undefined : decision;
}

/**
 * May some statement allow the call that takes no resource? That is part of everything, and most patterns of resources do not cover it,
 * so most who hold something are told from administrators by it before anything is decided.
 */
function mayCallWithoutResource(grants: readonly Grant[], name: string): boolean {
  return grants.some(
    ({ statement }) =>
      statement.effect !== "DENY" &&
      mayCoverAction(statement, name) !== false &&
      mayCoverResource(statement, { resource: UNSCOPED }) !== false,
  );
}

/** Every action on every resource of the account, and the calls that take no resource. */
function everythingIn({ principal }: Foothold, names: readonly string[], context: Context): AccessQuestion {
  const text = `every resource of account ${principal.accountId}`;
  const pattern = readResourcePattern(`acs:*:*:${principal.accountId}:*`).pattern;
  const resource: ResourceChoice = { form: "EVERY", patterns: [pattern], text };
  const parts: ActionPart[] = names.flatMap((name) => [{ name }, { name, resource: NO_RESOURCE }]);
  return {
    actions: { mode: "ALL", parts, text: "everything" },
    resource,
    context,
    ignoredLayers: LEFT_OUT,
    remarks: [],
  };
}

/** Beyond so many the patterns are taken one by one. */
const MAX_CROSSED = 256;

/**
 * Actions that the patterns which an Allow leaves out or a Deny takes away tell apart: of each service with each name, so that
 * what two statements leave out together is met as well.
 */
function actionsToldApart(grants: readonly Grant[]): readonly string[] {
  const patterns = grants.flatMap(({ statement: { actions, effect } }) =>
    actions === "UNREADABLE" || (effect === "ALLOW" && !actions.isNegated) ? [] : actions.patterns,
  );
  const names = patterns.map(({ folded }) => folded.replace(/[*?]/g, "x")).map((name) => name.split(":", 2));
  const services = new Set(["any", ...names.map(([service = ""]) => service)]);
  const bare = new Set(["thing", ...names.map(([, name = "thing"]) => name)]);
  const crossed = services.size * bare.size <= MAX_CROSSED;
  const pairs = crossed ? [...services].flatMap((service) => [...bare].map((name) => [service, name])) : names;
  return [...new Set(pairs.map(([service = "any", name = "thing"]) => `${service}:${name}`))].toSorted();
}
