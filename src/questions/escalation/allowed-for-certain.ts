import type { Snapshot } from "../../grants/snapshot.js";
import { type RequestResource, requestResource } from "../../policy/arn.js";
import type { Grant } from "../../policy/grant.js";
import { mayCoverAction, mayCoverResource } from "../../policy/match-statement.js";
import { assumesRole } from "../access/assume-role.js";
import { concernsBuckets } from "../access/granted-by-resources.js";
import { allowsAlways, allowsEverywhere, resourcesNamedBy } from "./actions-told-apart.js";
import type { Foothold } from "./foothold.js";
import { resourceLike } from "./plainly-denied.js";

/** So few statements and patterns divide the resources of an account into so few cells that all of them are told apart. */
const [FEW_STATEMENTS, FEW_PATTERNS] = [6, 64];

/**
 * Is an action allowed on every resource of the account and on none, whatever the circumstances, as a decision would find? False where only
 * a decision tells: which roles and buckets there are makes a difference, and so do statements too many to be told apart.
 */
export function isAllowedForCertain(
  { controlLevels }: Snapshot,
  { principal, grants }: Foothold,
  foldedAction: string,
): boolean {
  if (assumesRole(foldedAction) || concernsBuckets(foldedAction)) return false;
  const levels = controlLevels.get(principal.accountId)?.levels ?? [];
  const isAbout = ({ statement }: Grant) => mayCoverAction(statement, foldedAction) !== false;
  const own = grants.filter(isAbout);
  if (own.some(({ statement }) => statement.effect !== "ALLOW") || !own.some(allowsAnyone)) return false;
  return areFew([...own, ...levels.flatMap((level) => level.grants).filter(isAbout)]);
}

/** Does it allow its actions on every resource of the account, whoever asks and whatever the circumstances? */
export function allowsAnyone(grant: Grant): boolean {
  return grant.statement.principals === undefined && allowsEverywhere(grant);
}

/**
 * Is a call by one of some actions allowed on some resource of an account, whoever asks and whatever the circumstances, as a decision
 * would find? False where only a decision tells.
 */
export function isAllowedSomewhere(grants: readonly Grant[], anyOf: readonly string[], accountId: string): boolean {
  return anyOf.some((action) => {
    const isAbout = ({ statement }: Grant) => mayCoverAction(statement, action) !== false;
    const own = grants.filter(isAbout);
    const denials = own.filter(({ statement }) => statement.effect !== "ALLOW");
    const isSpared = (resource: RequestResource) =>
      denials.every(({ statement }) => mayCoverResource(statement, { resource }) === false);
    return own.some((grant) => isAllowedBy(grant, action, accountId, isSpared));
  });
}

function isAllowedBy(
  grant: Grant,
  action: string,
  accountId: string,
  isMeant: (resource: RequestResource) => boolean,
): boolean {
  const { statement } = grant;
  if (statement.principals !== undefined || !allowsAlways(grant)) return false;
  if (mayCoverAction(statement, action) !== true) return false;
  return resourcesNamedBy(statement).some((pattern) => {
    const resource = pattern.form === "ANY" ? anyIn(accountId) : resourceLike(pattern, accountId);
    return resource !== undefined && mayCoverResource(statement, { resource }) === true && isMeant(resource);
  });
}

/** A resource of an account that no policy names. */
function anyIn(accountId: string): RequestResource {
  return requestResource("", ["acs", "any", "any", accountId, "thing"]);
}

function areFew(dividing: readonly Grant[]): boolean {
  const left = dividing.filter((grant) => !allowsEverywhere(grant));
  const patterns = left.flatMap(({ statement: { resources } }) =>
    resources === "UNREADABLE" ? [] : resources.patterns,
  );
  return left.length <= FEW_STATEMENTS && patterns.length <= FEW_PATTERNS && !left.some(isSpecial);
}

/** It divides resources by more than its patterns. */
function isSpecial({ statement, resourceGroupId }: Grant): boolean {
  return resourceGroupId !== undefined || statement.conditions.some(({ foldedKey }) => foldedKey === "resource");
}
