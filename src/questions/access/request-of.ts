import type { Snapshot } from "../../grants/snapshot.js";
import type { RequestResource } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Caller } from "../../policy/caller.js";
import { type Context, withCaller } from "../../policy/conditions/context.js";
import { type GroupMembership, type PointRequest, pointRequest } from "../../policy/request.js";
import type { AccessQuestion } from "./access-question.js";
import { assumesRole } from "./assume-role.js";
import { inOwnAccount, isForeign, knownOfResource } from "./known-context.js";

type Circumstances = Pick<AccessQuestion, "context" | "ignoredLayers">;

/** The request that a caller makes for one action on one resource of a question, with all that is known of it. */
export function requestOf(
  snapshot: Snapshot,
  caller: Caller,
  question: Circumstances,
  action: string,
  asked: RequestResource,
): PointRequest {
  return askedBy(accountRequest(snapshot, caller, question, action, asked), caller);
}

/** The same with nothing in it that tells callers of one account from each other, but for `caller` itself. */
export function accountRequest(
  snapshot: Snapshot,
  caller: Caller,
  question: Circumstances,
  action: string,
  asked: RequestResource,
): PointRequest {
  const resource = inOwnAccount(snapshot, asked, caller);
  const resourceGroup = groupOf(snapshot, question.context, resource);
  const known = knownOfResource(snapshot, asciiLower(action), resource, resourceGroup);
  const isOther = isForeign(resource, caller) && !assumesRole(action) && !question.ignoredLayers?.has("CROSS_ACCOUNT");
  const { context } = question;
  return pointRequest({ action, resource, context, caller, isForeign: isOther, resourceGroup }, known);
}

/** A request of one account as one of its callers makes it. */
export function askedBy(request: PointRequest, caller: Caller): PointRequest {
  const { action, foldedAction, serviceBit, resource, resourceServiceBit, isForeign: isOther, resourceGroup } = request;
  return {
    action,
    foldedAction,
    serviceBit,
    resource,
    resourceServiceBit,
    context: withCaller(request.context, caller),
    caller,
    isForeign: isOther,
    resourceGroup,
  };
}

/**
 * What the asker says of the group goes before what is known; a resource that is yet to be created has no other. What
 * groups do not take is in none, whatever is said.
 */
export function groupOf({ groupIndex }: Snapshot, { entries }: Context, resource: RequestResource): GroupMembership {
  const given = entries.get("acs:resourcegroupid");
  const [id] = given === undefined || given === "ABSENT" ? [] : given;
  const known = groupIndex.membershipOf(resource);
  return id === undefined || known === "NONE" ? known : { id };
}
