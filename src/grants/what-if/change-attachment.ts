import type { Attachment } from "../../inventory/attachment.js";
import { compareAttachments } from "../../inventory/compare-attachments.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Key } from "../../inventory/keys.js";
import type { Policy } from "../../inventory/policy.js";
import type { Snapshot } from "../snapshot.js";
import { type AttachmentChange, type Effect, quote, refuse } from "./change.js";

/** A policy and who carries it, both known. */
interface Ends {
  readonly policy: { readonly key: Key; readonly row: Policy };
  readonly carrier: { readonly key: Key; readonly accountId: string };
}

type Found = Ends | Extract<Effect, { readonly refusal: unknown }>;

/**
 * Attaches a policy to a user, group or role. What is attached already stays as it is.
 *
 * Source: RAM, AttachPolicyToUser, AttachPolicyToGroup and AttachPolicyToRole; Resource Management, AttachPolicy.
 */
export function attachPolicy(snapshot: Snapshot, asked: AttachmentChange): Effect {
  const ends = findEnds(snapshot, asked);
  if ("refusal" in ends) return ends;
  const { row } = ends.policy;
  const { accountId } = ends.carrier;
  if (row.accountId !== undefined && row.accountId !== accountId) {
    return refuse(
      "policy",
      `${quote(row.name)} belongs to account \`${row.accountId}\`, and only its own principals can carry it`,
    );
  }
  const attachment = attachmentOf(ends, asked.resourceGroupId);
  const problem = problemWithGroup(snapshot, ends, attachment.resourceGroupId);
  if (problem !== undefined) return refuse("resourceGroupId", problem);
  return isAttached(snapshot, attachment) ? { change: {} } : { change: { attachments: { put: [attachment] } } };
}

/** Takes an attachment away. One that is not there is refused: whoever names it expects a difference. */
export function detachPolicy(snapshot: Snapshot, asked: AttachmentChange): Effect {
  const ends = findEnds(snapshot, asked);
  if ("refusal" in ends) return ends;
  const attachment = attachmentOf(ends, asked.resourceGroupId);
  if (isAttached(snapshot, attachment)) return { change: { attachments: { gone: [attachment] } } };
  const scopes = (snapshot.attachmentsOfPrincipal.get(ends.carrier.key) ?? [])
    .filter(({ policy }) => policy === ends.policy.key)
    .map(({ resourceGroupId }) =>
      resourceGroupId === undefined ? "the account" : `resource group \`${resourceGroupId}\``,
    );
  const mend = scopes.length === 0 ? "look at its attachments" : `it is for ${scopes.join(" and ")}`;
  const scope = attachment.resourceGroupId === undefined ? "for the account" : "within that resource group";
  return refuse(
    "",
    `${quote(ends.policy.row.name)} is not attached to ${quote(asked.principal.text)} ${scope}; ${mend}`,
  );
}

function findEnds(snapshot: Snapshot, { policy, principal }: AttachmentChange): Found {
  const row = snapshot.policies.get(policy.key ?? "")?.policy;
  if (row === undefined || policy.key === undefined) {
    return refuseEnd("policy", `there is no policy ${quote(policy.text)}; give the ARN or id of one, or put it first`);
  }
  if (row.type === "CONTROL") {
    return refuseEnd(
      "policy",
      `${quote(row.name)} is a control policy, which binds folders and accounts and no principal`,
    );
  }
  if (row.type === "SERVICE_LINKED") {
    return refuseEnd("policy", `${quote(row.name)} belongs to a service-linked role, and only its service attaches it`);
  }
  const { key = "" } = principal;
  const carrier = snapshot.users.get(key) ?? snapshot.groups.get(key) ?? snapshot.roles.get(key);
  if (carrier === undefined) {
    const message = `there is no user, group or role ${quote(principal.text)}; give the ARN or id of one`;
    return refuseEnd("principal", message);
  }
  const role = snapshot.roles.get(key);
  if (role !== undefined && isServiceLinked(role)) {
    return refuseEnd(
      "principal",
      `${quote(carrier.name)} is a service-linked role, and only its service changes what it carries`,
    );
  }
  return { policy: { key: policy.key, row }, carrier: { key, accountId: carrier.accountId } };
}

function refuseEnd(field: string, message: string): Extract<Found, { readonly refusal: unknown }> {
  return { refusal: { field, message } };
}

/** A group that bears the account's own id is how Resource Management names the scope of the account. */
function attachmentOf({ policy, carrier }: Ends, resourceGroupId: string | undefined): Attachment {
  const isScoped = resourceGroupId !== undefined && resourceGroupId !== carrier.accountId;
  return { policy: policy.key, principal: carrier.key, ...(isScoped ? { resourceGroupId } : {}) };
}

function isAttached({ attachmentsOfPrincipal }: Snapshot, attachment: Attachment): boolean {
  const rows = attachmentsOfPrincipal.get(attachment.principal) ?? [];
  return rows.some((row) => compareAttachments(row, attachment) === 0);
}

function problemWithGroup({ inventory }: Snapshot, { carrier }: Ends, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const groups = inventory.resourceGroups.filter(({ accountId }) => accountId === carrier.accountId);
  const isUnknown = groups.length > 0 && !groups.some((group) => group.id === id);
  if (isUnknown) return `account \`${carrier.accountId}\` has no resource group ${quote(id)}`;
  return /^rg-[a-z0-9]+$/i.test(id)
    ? undefined
    : `${quote(id)} is no resource group; write an id such as \`rg-acfmxazb4ph\``;
}
