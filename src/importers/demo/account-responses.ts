import { type DemoAccount, type DemoDocument, REGION } from "./demo-account.js";

/** Responses by name of their file, in the wire form of Alibaba Cloud's APIs. */
export type DemoResponses = ReadonlyMap<string, object>;

const WHEN = "2026-01-05T08:00:00Z";
const REQUEST = { RequestId: "00000000-0000-0000-0000-000000000000" };

/** Everything that an export of one account holds but for the directory. */
export function accountResponses(account: DemoAccount, system: Readonly<Record<string, DemoDocument>>): DemoResponses {
  const { id, alias, users, groups } = account;
  return new Map<string, object>([
    [
      "sts.GetCallerIdentity",
      { ...REQUEST, IdentityType: "RAMUser", AccountId: id, Arn: `acs:ram::${id}:user/collector` },
    ],
    ["ims.GetDefaultDomain", { ...REQUEST, DefaultDomainName: `${alias}.onaliyun.com` }],
    [
      "ram.ListUsers",
      listed(
        "Users",
        "User",
        users.map((name, index) => userRow(id, name, index)),
      ),
    ],
    [
      "ram.ListGroups",
      listed(
        "Groups",
        "Group",
        Object.keys(groups).map((GroupName) => ({ GroupName, CreateDate: WHEN })),
      ),
    ],
    ...Object.entries(groups).map(([group, members]) => {
      const rows = members.map((UserName) => ({ UserName, JoinDate: WHEN }));
      return [`ram.ListUsersForGroup.${group}`, listed("Users", "User", rows)] as const;
    }),
    ...roleResponses(account),
    ...policyResponses(account, system),
    ...resourceResponses(account),
  ]);
}

function userRow(accountId: string, UserName: string, index: number): object {
  return {
    UserId: `2${accountId.slice(1, 12)}${String(1000 + index)}`,
    UserName,
    DisplayName: UserName,
    CreateDate: WHEN,
  };
}

function roleResponses({ id, roles }: DemoAccount): (readonly [string, object])[] {
  const rows = roles.map(({ name, description, isServiceLinked }, index) => ({
    RoleName: name,
    RoleId: `3${id.slice(1, 12)}${String(1000 + index)}`,
    Arn: `acs:ram::${id}:role/${name.toLowerCase()}`,
    Description: description,
    MaxSessionDuration: 3600,
    IsServiceLinkedRole: isServiceLinked === true,
    CreateDate: WHEN,
  }));
  return [
    ["resourcemanager.ListRoles", paged("Roles", "Role", rows)],
    ...roles.map(({ name, trust }, index) => {
      const role = { ...rows[index], AssumeRolePolicyDocument: JSON.stringify(trust) };
      return [`ram.GetRole.${name}`, { ...REQUEST, Role: role }] as const;
    }),
  ];
}

function policyResponses(account: DemoAccount, system: DemoAccount["policies"]): (readonly [string, object])[] {
  const { policies, attachments } = account;
  const used = [...new Set(attachments.map(({ policy }) => policy))].filter((name) => !(name in policies));
  const rows = [
    ...Object.keys(policies).map((name) => policyRow(account, name, "Custom")),
    ...used.map((name) => policyRow(account, name, "System")),
  ];
  const documents = [
    ...Object.entries(policies).map(([name, document]) => getPolicy(policyRow(account, name, "Custom"), document)),
    ...used.flatMap((name) => {
      const document = system[name];
      return document === undefined ? [] : [getPolicy(policyRow(account, name, "System"), document)];
    }),
  ];
  const bearings = attachments.map((each) => attachmentRow(account, each));
  return [
    ["ram.ListPolicies", listed("Policies", "Policy", rows)],
    ...documents,
    ["resourcemanager.ListPolicyAttachments", paged("PolicyAttachments", "PolicyAttachment", bearings)],
  ];
}

interface PolicyRow {
  readonly PolicyName: string;
  readonly PolicyType: "System" | "Custom";
}

function policyRow({ attachments }: DemoAccount, PolicyName: string, PolicyType: "System" | "Custom"): PolicyRow {
  const AttachmentCount = attachments.filter(({ policy }) => policy === PolicyName).length;
  const more = { DefaultVersion: "v1", CreateDate: WHEN, UpdateDate: WHEN, AttachmentCount };
  return { PolicyName, PolicyType, ...more };
}

function getPolicy(row: PolicyRow, document: DemoDocument): readonly [string, object] {
  const version = {
    VersionId: "v1",
    IsDefaultVersion: true,
    CreateDate: WHEN,
    PolicyDocument: JSON.stringify(document),
  };
  return [
    `ram.GetPolicy.${row.PolicyType}.${row.PolicyName}`,
    { ...REQUEST, Policy: row, DefaultPolicyVersion: version },
  ];
}

const DOMAINS = {
  user: { type: "IMSUser", at: (alias: string) => `${alias}.onaliyun.com` },
  group: { type: "IMSGroup", at: (alias: string) => `group.${alias}.onaliyun.com` },
  role: { type: "ServiceRole", at: (alias: string) => `role.${alias}.onaliyunservice.com` },
} as const;

function attachmentRow(
  { id, alias, policies }: DemoAccount,
  { policy, bearer, resourceGroupId }: DemoAccount["attachments"][number],
): object {
  const [kind, name] = divide(bearer);
  return {
    PolicyName: policy,
    PolicyType: policy in policies ? "Custom" : "System",
    PrincipalName: `${name}@${DOMAINS[kind].at(alias)}`,
    PrincipalType: DOMAINS[kind].type,
    ResourceGroupId: resourceGroupId ?? id,
    AttachDate: WHEN,
  };
}

function divide(bearer: DemoAccount["attachments"][number]["bearer"]): readonly [keyof typeof DOMAINS, string] {
  const name = bearer.slice(bearer.indexOf(":") + 1);
  if (bearer.startsWith("user:")) return ["user", name];
  return [bearer.startsWith("group:") ? "group" : "role", name];
}

function resourceResponses({
  id,
  resourceGroups,
  resources,
  bucketPolicies,
}: DemoAccount): (readonly [string, object])[] {
  const groups = Object.entries(resourceGroups).map(([Id, Name]) => ({
    Id,
    Name,
    DisplayName: Name,
    AccountId: id,
    Status: "OK",
  }));
  const rows = resources.map(({ service, type, id: ResourceId, resourceGroupId }) => ({
    Service: service,
    ResourceType: type,
    ResourceId,
    RegionId: REGION,
    ResourceGroupId: resourceGroupId,
    CreateDate: WHEN,
  }));
  const buckets = resources.filter(({ service }) => service === "oss").map((bucket) => bucket.id);
  return [
    ["resourcemanager.ListResourceGroups", paged("ResourceGroups", "ResourceGroup", groups)],
    ["resourcemanager.ListResources", paged("Resources", "Resource", rows)],
    ["resourcemanager.ListResourceGroupCapability", { ...REQUEST, Capabilities: CAPABILITIES }],
    [`tag.ListTagResources.${REGION}`, { ...REQUEST, NextToken: "", TagResources: tagRows(id, resources) }],
    ...buckets.map((bucket) => [`oss.GetBucketPolicy.${bucket}`, bucketPolicies[bucket] ?? NO_BUCKET_POLICY] as const),
  ];
}

const NO_BUCKET_POLICY = { ...REQUEST, Code: "NoSuchBucketPolicy", Message: "The bucket policy does not exist." };
const CAPABILITIES = ["instance", "securitygroup"].map((ResourceType) => ({
  Service: "ecs",
  ResourceType,
  SupportResourceGroupEvent: true,
}));

function tagRows(accountId: string, resources: DemoAccount["resources"]): readonly object[] {
  return resources.flatMap(({ service, type, id, tags = {} }) => {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Category: "Custom", Key, Value }));
    return Tags.length === 0 ? [] : [{ ResourceARN: `arn:acs:${service}:${REGION}:${accountId}:${type}/${id}`, Tags }];
  });
}

/** A list of the RAM API. */
function listed(outer: string, inner: string, rows: readonly object[]): object {
  return { ...REQUEST, IsTruncated: false, [outer]: { [inner]: rows } };
}

/** A list of the Resource Management API, all on one page. */
export function paged(outer: string, inner: string, rows: readonly object[]): object {
  return { ...REQUEST, PageNumber: 1, PageSize: 100, TotalCount: rows.length, [outer]: { [inner]: rows } };
}
