import { type Row, readInstant, readList, readName, whereOf } from "../row.js";
import type { PrincipalKind, Reader, Said } from "../said.js";
import { readPolicy } from "./policies.js";

const PRINCIPAL_TYPES: ReadonlyMap<string, PrincipalKind> = new Map([
  ["IMSUser", "user"],
  ["IMSGroup", "group"],
  ["ServiceRole", "role"],
]);

/** `resourcemanager.ListPolicyAttachments`: all attachments of the account, each with its scope. */
export function readPolicyAttachments(response: Row): readonly Said[] {
  return readList(response, "PolicyAttachments", "PolicyAttachment").map((row) => ({
    kind: "attachment",
    policyType: readName(row, "PolicyType"),
    policyName: readName(row, "PolicyName"),
    principalKind: PRINCIPAL_TYPES.get(readName(row, "PrincipalType")),
    principalName: readName(row, "PrincipalName"),
    hasDomain: true,
    scope: readName(row, "ResourceGroupId"),
    attachedAt: readInstant(row, "AttachDate"),
    where: whereOf(row),
  }));
}

/** `ram.ListPoliciesForUser.<user>` and its like for roles and groups: the response tells neither principal nor scope. */
export function readPoliciesFor(principalKind: PrincipalKind): Reader {
  return (response, [principalName = ""]) =>
    readList(response, "Policies", "Policy").flatMap((row) => {
      const policy = readPolicy(row);
      return [
        policy,
        {
          kind: "attachment",
          policyType: policy.policyType,
          policyName: policy.name,
          principalKind,
          principalName,
          hasDomain: false,
          attachedAt: readInstant(row, "AttachDate"),
          where: policy.where,
        },
      ];
    });
}

const ENTITY_LISTS = [
  { kind: "user", outer: "Users", inner: "User", name: "UserName" },
  { kind: "group", outer: "Groups", inner: "Group", name: "GroupName" },
  { kind: "role", outer: "Roles", inner: "Role", name: "RoleName" },
] as const;

/** `ram.ListEntitiesForPolicy.<type>.<policy>`: who bears the policy, without the scope. */
export function readEntities(response: Row, [policyType = "", policyName = ""]: readonly string[]): readonly Said[] {
  return ENTITY_LISTS.flatMap(({ kind, outer, inner, name }) =>
    (response.fields.has(outer) ? readList(response, outer, inner) : []).map((row) => ({
      kind: "attachment" as const,
      policyType,
      policyName,
      principalKind: kind,
      principalName: readName(row, name),
      hasDomain: false,
      attachedAt: readInstant(row, "AttachDate"),
      where: whereOf(row),
    })),
  );
}
