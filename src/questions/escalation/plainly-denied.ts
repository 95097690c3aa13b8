import { type RequestResource, type ResourcePattern, requestResource, UNSCOPED } from "../../policy/arn.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import { assumesRole } from "../access/assume-role.js";
import { ANY_ACTION, actionLike } from "./action-like.js";

/**
 * Is some action on some resource of the account taken away whatever the circumstances? Then somebody with these grants may not do
 * everything, and nothing needs to be decided. False where only a decision tells.
 */
export function isPlainlyDenied(grants: readonly Grant[], accountId: string): boolean {
  return grants.some(
    (grant) =>
      deniesAlways(grant) && coversSomeAction(grant.statement) && coversSomeResource(grant.statement, accountId),
  );
}

/** Does it deny its actions on every resource, whoever asks and whatever the circumstances? */
export function deniesAnyone(grant: Grant): boolean {
  const { principals, resources } = grant.statement;
  if (principals !== undefined || resources === "UNREADABLE" || resources.isNegated) return false;
  return deniesAlways(grant) && resources.patterns.some(({ form }) => form === "ANY");
}

function deniesAlways({ statement, layer, resourceGroupId }: Grant): boolean {
  const { effect, conditions, unreadable } = statement;
  if (layer !== "ACCOUNT_LEVEL_IDENTITY_POLICY" || resourceGroupId !== undefined) return false;
  return effect === "DENY" && conditions.length === 0 && unreadable.length === 0;
}

/** Which roles can be assumed hangs on the roles that there are. */
function coversSomeAction(statement: Statement): boolean {
  if (statement.actions === "UNREADABLE") return false;
  return [ANY_ACTION, ...statement.actions.patterns.map(actionLike)].some(
    (name) => !assumesRole(name) && mayCoverAction(statement, name) === true,
  );
}

function coversSomeResource(statement: Statement, accountId: string): boolean {
  if (statement.resources === "UNREADABLE") return false;
  const alike = statement.resources.patterns.flatMap((pattern) => resourceLike(pattern, accountId) ?? []);
  return [UNSCOPED, ...alike].some((resource) => mayCoverResource(statement, { resource }) === true);
}

/**
 * One of the account that the pattern covers, if it covers any there; without a service it covers none at all. Whose a bucket is hangs on the
 * buckets that are known.
 */
export function resourceLike({ segments }: ResourcePattern, accountId: string): RequestResource | undefined {
  if (segments === undefined || ["", "oss"].includes(segments[1])) return undefined;
  const [, service, region, , id] = segments.map((segment) => segment.replace(/[*?]/g, "x"));
  return requestResource("", ["acs", service ?? "", region ?? "", accountId, id ?? ""]);
}
