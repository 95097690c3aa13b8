import { bucketOf } from "../../grants/bucket-policies.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import type { Bound, Layers, ResourceLayer } from "../../policy/decide.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";
import { unreadableStatement } from "../../policy/parse/read-statement.js";
import type { PointRequest } from "../../policy/request.js";
import type { AccessQuestion } from "./access-question.js";
import { type Asker, isServiceLinked } from "./asker.js";
import { assumesRole } from "./assume-role.js";
import { concernsBuckets } from "./granted-by-resources.js";
import { ownerOf, roleNameIn } from "./known-context.js";

/** All policies that one request is weighed against, less the layers that the question leaves out. */
export function layersFor(snapshot: Snapshot, asker: Asker, question: AccessQuestion, request: PointRequest): Layers {
  return joinLayers(otherLayers(snapshot, asker, question, request), identityLayer(asker, question, request));
}

/** Those that do not belong to the asker. */
export type OtherLayers = Omit<Layers, "identity">;

export function joinLayers({ bounds, resource }: OtherLayers, identity: Layers["identity"]): Layers {
  return resource === undefined ? { bounds, identity } : { bounds, identity, resource };
}

/** They are the same for all users and roles of one account, but that service-linked ones have theirs. */
export function otherLayers(
  snapshot: Snapshot,
  asker: Asker,
  question: AccessQuestion,
  request: PointRequest,
): OtherLayers {
  const bounds = [...controlBounds(snapshot, asker, request), ...sessionBounds(question)];
  const resource = resourceLayer(snapshot, request);
  const { ignoredLayers } = question;
  const isKept = ({ layer }: { readonly layer: PolicyLayer }) =>
    ignoredLayers === undefined || !ignoredLayers.has(layer);
  const kept = bounds.filter(isKept);
  return resource === undefined || !isKept(resource) ? { bounds: kept } : { bounds: kept, resource };
}

/** The anonymous carry no policies of their own; only an identity assumes a role, and what that holds is not known. */
export function identityLayer(
  { identity, caller }: Asker,
  { ignoredLayers }: AccessQuestion,
  { action }: PointRequest,
): Layers["identity"] {
  if (caller.kind === "ANYONE" && !assumesRole(action)) return [];
  if (ignoredLayers === undefined || typeof identity === "string") return identity;
  return identity.filter(({ layer }) => !ignoredLayers.has(layer));
}

/**
 * Control policies of the directory that the owner of the resource is a member of. They bind users and roles; not those of
 * the management account, not service-linked roles.
 *
 * Source: Resource Management, "Control policy overview".
 */
function controlBounds(
  { controlLevels }: Snapshot,
  asker: Asker,
  { resource, caller }: PointRequest,
): readonly Bound[] {
  const isBound = caller.kind === "USER" || caller.kind === "ROLE" || caller.kind === "ACCOUNT";
  if (!isBound || isServiceLinked(asker)) return [];
  const control = controlLevels.get(ownerOf(resource) ?? caller.accountId ?? "");
  return control === undefined || control.managementAccountId === caller.accountId ? [] : control.levels;
}

function sessionBounds({ sessionPolicy }: AccessQuestion): readonly Bound[] {
  return sessionPolicy === undefined ? [] : [{ layer: "SESSION_POLICY", grants: sessionPolicy }];
}

/** The trust policy of a role that is to be assumed, which must allow as well; or the bucket's policy, which may. */
function resourceLayer(snapshot: Snapshot, request: PointRequest): ResourceLayer | undefined {
  if (assumesRole(request.action)) {
    return { layer: "ASSUME_ROLE_POLICY", grants: trustOf(snapshot, request), isRequired: true };
  }
  if (!concernsBuckets(request.action)) return undefined;
  const bucket = bucketOf(request.resource);
  const policy = bucket === undefined ? undefined : snapshot.bucketPolicies.get(bucket);
  if (policy === undefined || policy.accountId !== (ownerOf(request.resource) ?? policy.accountId)) return undefined;
  return { layer: "RESOURCE_POLICY", grants: policy.grants, isRequired: false };
}

/** Whom a role trusts that is a request's resource. A role that was never imported may trust anybody. */
export function trustOf(
  { trusts }: Pick<Snapshot, "trusts">,
  { resource }: Pick<PointRequest, "resource">,
): readonly Grant[] {
  const { segments } = resource;
  const name = segments?.[1] === "ram" ? roleNameIn(segments[4]) : undefined;
  if (segments === undefined || name === undefined) return [];
  const account = segments[3] === "*" ? CATALOG_ACCOUNT : segments[3];
  const policy = roleKey(account, name);
  const known = trusts.get(policy);
  if (known !== undefined) return known;
  const statement = unreadableStatement("", { code: UNKNOWN_ROLE, pointer: "", text: "" });
  return [{ statement, layer: "ASSUME_ROLE_POLICY", policy }];
}

/** Marks the statement that stands for the trust policy of a role nobody knows. */
export const UNKNOWN_ROLE = "ROLE_UNKNOWN";
