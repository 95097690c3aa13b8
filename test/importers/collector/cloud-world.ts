import { demoExports } from "../../../src/importers/demo/demo-exports.js";

type Json = Readonly<Record<string, unknown>>;

/** Whole answers by what they are asked with, as files are named, e.g. `ram.GetPolicy.Custom.ReadBills`. Lists are not divided into pages. */
export type World = ReadonlyMap<string, Json>;

/** What the APIs answer about an account of the demonstration company, bucket policies left out. */
export function worldOf(folder: string): World {
  const found = demoExports().find((one) => one.folder === folder);
  if (found === undefined) throw new Error(`no account \`${folder}\``);
  const files = [...found.files].filter(([name]) => !name.startsWith("oss."));
  const world = new Map(files.map(([name, text]) => [name.replace(/\.json$/, ""), parse(text)]));
  return new Map([...world, ...derive(world)]);
}

/** The world with so many more users, groups and roles, each role with a policy of its own. */
export function enlarge(world: World, count: number): World {
  const names = (kind: string) => Array.from({ length: count }, (_, index) => `${kind}.${index + 1}`);
  const larger = new Map(world);
  add(
    larger,
    "ram.ListUsers",
    names("user").map((UserName) => ({ UserName })),
  );
  add(
    larger,
    "ram.ListGroups",
    names("group").map((GroupName) => ({ GroupName })),
  );
  for (const name of names("group")) {
    const rows = names("user").map((UserName) => ({ UserName }));
    larger.set(`ram.ListUsersForGroup.${escapeDots(name)}`, { Users: { User: rows } });
  }
  for (const [index, RoleName] of names("role").entries()) {
    const AssumeRolePolicyDocument = '{"Version":"1","Statement":[]}';
    const row = { RoleName, Arn: `acs:ram::${accountOf(world)}:role/${RoleName}` };
    add(larger, "ram.ListRoles", [row]);
    add(larger, "resourcemanager.ListRoles", [row]);
    larger.set(`ram.GetRole.${escapeDots(RoleName)}`, { Role: { ...row, AssumeRolePolicyDocument } });
    addPolicy(larger, `Policy-${index + 1}`, RoleName);
  }
  return larger;
}

function addPolicy(world: Map<string, Json>, PolicyName: string, role: string): void {
  const policy = { PolicyName, PolicyType: "Custom", DefaultVersion: "v2" };
  const version = (VersionId: string) => ({ VersionId, IsDefaultVersion: VersionId === "v2" });
  const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}';
  const alias = String(world.get("ims.GetDefaultDomain")?.DefaultDomainName).split(".")[0] ?? "";
  add(world, "ram.ListPolicies", [policy]);
  world.set(`ram.GetPolicy.Custom.${PolicyName}`, {
    Policy: policy,
    DefaultPolicyVersion: { ...version("v2"), PolicyDocument },
  });
  world.set(`ram.ListPolicyVersions.Custom.${PolicyName}`, {
    PolicyVersions: { PolicyVersion: [version("v1"), version("v2")] },
  });
  world.set(`ram.GetPolicyVersion.Custom.${PolicyName}.v1`, { PolicyVersion: { ...version("v1"), PolicyDocument } });
  add(world, "resourcemanager.ListPolicyAttachments", [
    {
      PolicyName,
      PolicyType: "Custom",
      PrincipalName: `${role}@role.${alias}.onaliyunservice.com`,
      PrincipalType: "ServiceRole",
      ResourceGroupId: accountOf(world),
    },
  ]);
}

/** Lists as the APIs wrap them. */
export const LISTS: Readonly<Record<string, readonly [outer: string, inner?: string]>> = {
  "ram.ListUsers": ["Users", "User"],
  "ram.ListGroups": ["Groups", "Group"],
  "ram.ListUsersForGroup": ["Users", "User"],
  "ram.ListRoles": ["Roles", "Role"],
  "ram.ListPolicies": ["Policies", "Policy"],
  "resourcemanager.ListRoles": ["Roles", "Role"],
  "resourcemanager.ListPolicyAttachments": ["PolicyAttachments", "PolicyAttachment"],
  "resourcemanager.ListResourceGroups": ["ResourceGroups", "ResourceGroup"],
  "resourcemanager.ListResources": ["Resources", "Resource"],
  "resourcemanager.ListFoldersForParent": ["Folders", "Folder"],
  "resourcemanager.ListAccountsForParent": ["Accounts", "Account"],
  "resourcemanager.ListControlPolicies": ["ControlPolicies", "ControlPolicy"],
  "tag.ListTagResources": ["TagResources"],
};

/** The rows of a whole list. */
export function rowsOf(operation: string, answer: Json): readonly Json[] {
  const [outer = "", inner] = LISTS[operation] ?? [];
  const value = inner === undefined ? answer[outer] : asRecord(answer[outer])[inner];
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function accountOf(world: World): string {
  return String(world.get("sts.GetCallerIdentity")?.AccountId);
}

function add(world: Map<string, Json>, operation: string, rows: readonly Json[]): void {
  const [outer = "", inner = ""] = LISTS[operation] ?? [];
  world.set(operation, { [outer]: { [inner]: [...rowsOf(operation, world.get(operation) ?? {}), ...rows] } });
}

/** As a file name writes a dot within a name. */
export function escapeDots(name: string): string {
  return name.replaceAll(".", "%2E");
}

/** Answers that tell what others tell already, in another way. */
function derive(world: World): World {
  const attachments = rowsOf(
    "resourcemanager.ListPolicyAttachments",
    world.get("resourcemanager.ListPolicyAttachments") ?? {},
  );
  const derived = new Map<string, Json>();
  derived.set("ram.ListRoles", world.get("resourcemanager.ListRoles") ?? {});
  for (const [name, answer] of world) {
    if (name.startsWith("ram.GetPolicy.Custom.")) {
      const PolicyVersion = [{ ...asRecord(answer.DefaultPolicyVersion), PolicyDocument: undefined }];
      derived.set(name.replace("GetPolicy", "ListPolicyVersions"), { PolicyVersions: { PolicyVersion } });
    }
  }
  for (const { PrincipalName, PrincipalType, PolicyName, PolicyType } of attachments) {
    const call = BEARERS[String(PrincipalType)] ?? "";
    const key = `${call}.${escapeDots(String(PrincipalName).split("@")[0] ?? "")}`;
    const { Policy = [] } = asRecord(derived.get(key)?.Policies) as { Policy?: readonly Json[] };
    derived.set(key, { Policies: { Policy: [...Policy, { PolicyName, PolicyType }] } });
  }
  return derived;
}

const BEARERS: Readonly<Record<string, string>> = {
  IMSUser: "ram.ListPoliciesForUser",
  IMSGroup: "ram.ListPoliciesForGroup",
  ServiceRole: "ram.ListPoliciesForRole",
};

function parse(text: string): Json {
  return asRecord(JSON.parse(text));
}

function asRecord(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
