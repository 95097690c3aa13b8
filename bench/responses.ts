import {
  ACCOUNT,
  ALIAS,
  attachments,
  countsOf,
  documentOf,
  groupName,
  isSystem,
  memberships,
  policyName,
  resourceGroupId,
  roleName,
  userName,
  type WorldAttachment,
  type WorldSize,
} from "./world.js";

/** One file of an export: its name, and its responses one after the other. */
export interface ResponseFile {
  readonly name: string;
  readonly responses: Iterable<object>;
}

const DATE = "2024-05-01T08:00:00Z";
const PAGE = 100;

/** The whole export of a world, of which nothing is missing. */
export function* responseFiles(size: WorldSize, seed: number): Generator<ResponseFile> {
  const counts = countsOf(size);
  yield one("sts.GetCallerIdentity.json", { AccountId: ACCOUNT, IdentityType: "RAMUser" });
  yield one("ims.GetDefaultDomain.json", { DefaultDomainName: `${ALIAS}.onaliyun.com` });
  yield one("resourcemanager.GetResourceDirectory.json", { Code: "ResourceDirectoryNotInUse", Message: "not in use" });
  yield one("oss.GetBucketPolicy.logs.json", { Code: "NoSuchBucketPolicy", Message: "none" });
  yield one("resourcemanager.ListResourceGroupCapability.json", { Capabilities: [] });
  yield listed("resourcemanager.ListResources", "Resources", "Resource", []);
  yield listed("ram.ListUsers", "Users", "User", rows(counts.users, userRow));
  yield listed(
    "ram.ListGroups",
    "Groups",
    "Group",
    rows(counts.groups, (index) => ({ GroupName: groupName(index) })),
  );
  yield* memberFiles(size, seed);
  yield listed("resourcemanager.ListRoles", "Roles", "Role", rows(counts.roles, roleRow));
  yield {
    name: "ram.GetRole.jsonl",
    responses: rows(counts.roles, (index) => ({ Role: { ...roleRow(index), ...trust(index) } })),
  };
  yield listed("ram.ListPolicies", "Policies", "Policy", rows(counts.policies, policyRow));
  yield { name: "ram.GetPolicy.jsonl", responses: rows(counts.policies, (index) => policyResponse(index, seed)) };
  yield listed(
    "resourcemanager.ListResourceGroups",
    "ResourceGroups",
    "ResourceGroup",
    rows(counts.resourceGroups, groupRow),
  );
  yield listed(
    "resourcemanager.ListPolicyAttachments",
    "PolicyAttachments",
    "PolicyAttachment",
    attachmentRows(size, seed),
  );
}

const one = (name: string, response: object): ResponseFile => ({ name, responses: [response] });

function* rows<T>(count: number, rowAt: (index: number) => T): Generator<T> {
  for (let index = 0; index < count; index++) yield rowAt(index);
}

/** A list in pages, one a line. */
function listed(operation: string, outer: string, inner: string, list: Iterable<object>): ResponseFile {
  return { name: `${operation}.jsonl`, responses: pages(outer, inner, list) };
}

function* pages(outer: string, inner: string, list: Iterable<object>): Generator<object> {
  let page: object[] = [];
  for (const row of list) {
    if (page.length === PAGE) {
      yield { [outer]: { [inner]: page }, IsTruncated: true, PageSize: PAGE };
      page = [];
    }
    page.push(row);
  }
  yield { [outer]: { [inner]: page }, IsTruncated: false, PageSize: PAGE };
}

const userRow = (index: number) => ({
  UserName: userName(index),
  UserId: `2${String(index).padStart(17, "0")}`,
  DisplayName: `User ${index}`,
  CreateDate: DATE,
});

const roleRow = (index: number) => ({
  RoleName: roleName(index),
  RoleId: `3${String(index).padStart(17, "0")}`,
  Arn: `acs:ram::${ACCOUNT}:role/${roleName(index).toLowerCase()}`,
  MaxSessionDuration: 3600,
  IsServiceLinkedRole: false,
  CreateDate: DATE,
});

const trust = (index: number) => {
  const Principal = index % 2 === 0 ? { Service: ["ecs.aliyuncs.com"] } : { RAM: [`acs:ram::${ACCOUNT}:root`] };
  const Statement = [{ Action: "sts:AssumeRole", Effect: "Allow", Principal }];
  return { AssumeRolePolicyDocument: JSON.stringify({ Version: "1", Statement }) };
};

const policyRow = (index: number) => ({
  PolicyName: policyName(index),
  PolicyType: isSystem(index) ? "System" : "Custom",
  DefaultVersion: "v1",
  Description: `what team ${index} needs`,
  AttachmentCount: "1",
  UpdateDate: DATE,
});

const policyResponse = (index: number, seed: number) => ({
  Policy: policyRow(index),
  DefaultPolicyVersion: {
    VersionId: "v1",
    IsDefaultVersion: true,
    PolicyDocument: documentOf(index, seed),
    CreateDate: DATE,
  },
});

const groupRow = (index: number) => ({ Id: resourceGroupId(index), Name: `team-${index}`, AccountId: ACCOUNT });

/** One file for each group, also for those without members. */
function* memberFiles(size: WorldSize, seed: number): Generator<ResponseFile> {
  const members = rowsOfGroups(size, seed);
  for (const [group, users] of members.entries()) {
    const User = users.map((user) => ({ UserName: userName(user) }));
    yield one(`ram.ListUsersForGroup.${groupName(group)}.json`, { Users: { User }, IsTruncated: false });
  }
}

function rowsOfGroups(size: WorldSize, seed: number): readonly (readonly number[])[] {
  const members = Array.from({ length: countsOf(size).groups }, (): number[] => []);
  for (const { user, group } of memberships(size, seed)) members[group]?.push(user);
  return members;
}

const BEARERS = {
  user: { PrincipalType: "IMSUser", nameOf: (index: number) => `${userName(index)}@${ALIAS}.onaliyun.com` },
  group: { PrincipalType: "IMSGroup", nameOf: (index: number) => `${groupName(index)}@group.${ALIAS}.onaliyun.com` },
  role: {
    PrincipalType: "ServiceRole",
    nameOf: (index: number) => `${roleName(index)}@role.${ALIAS}.onaliyunservice.com`,
  },
} as const;

function* attachmentRows(size: WorldSize, seed: number): Generator<object> {
  for (const attachment of attachments(size, seed)) yield attachmentRow(attachment);
}

function attachmentRow({ policy, bearer, index, resourceGroupId: scope }: WorldAttachment): object {
  const { PrincipalType, nameOf } = BEARERS[bearer];
  return {
    PolicyName: policyName(policy),
    PolicyType: isSystem(policy) ? "System" : "Custom",
    PrincipalType,
    PrincipalName: nameOf(index),
    ResourceGroupId: scope ?? ACCOUNT,
    Description: "",
    AttachDate: new Date(1_600_000_000_000 + ((policy * 7919 + index * 104_729) % 100_000_000) * 1000)
      .toISOString()
      .replace(".000", ""),
  };
}
