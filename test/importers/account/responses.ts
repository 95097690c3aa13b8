import type { AccountBatch } from "../../../src/inventory/batch.js";
import { ACCOUNT, type Files } from "./export-folder.js";

const USERS: Files = { "ram.ListUsers.json": { Users: { User: [{ UserName: "alice" }, { UserName: "bob" }] } } };
export const GROUPS: Files = { "ram.ListGroups.json": { Groups: { Group: [{ GroupName: "devs" }] } } };
const ROLES: Files = { "ram.ListRoles.json": { Roles: { Role: [{ RoleName: "Backup" }] } } };
export const PEOPLE: Files = { ...USERS, ...GROUPS, ...ROLES };
export const DOMAIN: Files = { "ims.GetDefaultDomain.json": { DefaultDomainName: "acme.onaliyun.com" } };
export const DOCUMENT = '{"Version":"1","Statement":[]}';

export function attachments(rows: readonly object[], more: object = {}): Files {
  const defaults = { PolicyName: "P", PolicyType: "Custom", PrincipalType: "IMSUser", ResourceGroupId: ACCOUNT };
  const PolicyAttachment = rows.map((row) => ({ ...defaults, ...row }));
  return { "resourcemanager.ListPolicyAttachments.json": { ...more, PolicyAttachments: { PolicyAttachment } } };
}

export function listed(PolicyName: string, PolicyType = "Custom"): object {
  return { Policies: { Policy: [{ PolicyName, PolicyType, DefaultVersion: "v1" }] } };
}

export function codes({ findings }: AccountBatch): readonly string[] {
  return findings.map(({ code }) => code);
}

export function gapSubjects({ gaps }: AccountBatch, reason: string): readonly string[] {
  return gaps.filter((gap) => gap.reason === reason).map(({ subject }) => subject);
}
