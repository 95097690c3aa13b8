import { isLinkedRoleName } from "../../inventory/linked-role-name.js";
import type { Said } from "../account/said.js";
import type { CallName } from "./calls.js";
import type { Collector } from "./collector.js";
import type { CallSubject } from "./page-asking.js";

interface PolicyName {
  readonly type: string;
  readonly name: string;
}

/** Policies by type and name, each once. */
type PolicyNames = Map<string, PolicyName>;

interface Bearers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly linkedRoles: readonly string[];
}

/**
 * Fetches who there is and what each may do: users, groups with members, roles with trust policies, attachments, and the
 * documents of the account's own policies and of those that somebody bears.
 */
export async function collectAccess(collector: Collector): Promise<void> {
  const used: PolicyNames = new Map();
  const [users, groups, roles, hasScopes, custom] = await Promise.all([
    listNames(collector, "ram.ListUsers", "user"),
    collectGroups(collector),
    collectRoles(collector),
    collector.fetch("resourcemanager.ListPolicyAttachments", {}, (said) => addPolicies(used, said)),
    listCustomPolicies(collector),
  ]);
  await collectBorne(collector, { users, groups, ...roles }, used, { hasScopes, custom });
  await collectDocuments(collector, new Map([...custom, ...used]));
}

async function collectGroups(collector: Collector): Promise<readonly string[]> {
  const groups = await listNames(collector, "ram.ListGroups", "group");
  await forEach(collector, "ram.ListUsersForGroup", groups, (name) => ({ names: [name], query: { GroupName: name } }));
  return groups;
}

/** Resource Management's list tells which roles are service-linked; neither list has the trust policies. */
async function collectRoles(collector: Collector): Promise<Pick<Bearers, "roles" | "linkedRoles">> {
  const linked = new Map<string, boolean>();
  const take = (said: readonly Said[]): void => {
    for (const one of said) {
      if (one.kind !== "role") continue;
      linked.set(one.name, linked.get(one.name) === true || (one.isServiceLinked ?? isLinkedRoleName(one.name)));
    }
  };
  await Promise.all([
    collector.fetch("ram.ListRoles", {}, take),
    collector.fetch("resourcemanager.ListRoles", {}, take),
  ]);
  const roles = [...linked.keys()];
  await forEach(collector, "ram.GetRole", roles, (name) => ({ names: [name], query: { RoleName: name } }));
  return { roles, linkedRoles: roles.filter((name) => linked.get(name)) };
}

async function listCustomPolicies(collector: Collector): Promise<PolicyNames> {
  const custom: PolicyNames = new Map();
  await collector.fetch("ram.ListPolicies", {}, (said) =>
    addPolicies(
      custom,
      said.filter((one) => one.kind === "policy" && one.policyType === "Custom"),
    ),
  );
  return custom;
}

/**
 * The list of all attachments tells all of it but the policies of service-linked roles. Where that list is not to be
 * had, everyone is asked for, and where that fails too, every policy.
 */
async function collectBorne(
  collector: Collector,
  { users, groups, roles, linkedRoles }: Bearers,
  used: PolicyNames,
  { hasScopes, custom }: { readonly hasScopes: boolean; readonly custom: PolicyNames },
): Promise<void> {
  const add = (said: readonly Said[]): void => addPolicies(used, said);
  const complete = await Promise.all([
    forEach(collector, "ram.ListPoliciesForRole", hasScopes ? linkedRoles : roles, bearer("RoleName"), add),
    forEach(collector, "ram.ListPoliciesForUser", hasScopes ? [] : users, bearer("UserName"), add),
    forEach(collector, "ram.ListPoliciesForGroup", hasScopes ? [] : groups, bearer("GroupName"), add),
  ]);
  if (hasScopes || complete.every(Boolean)) return;
  const policies = [...new Map([...custom, ...used]).values()];
  await forEach(collector, "ram.ListEntitiesForPolicy", policies, ofPolicy);
}

function bearer(parameter: string): (name: string) => CallSubject {
  return (name) => ({ names: [name], query: { [parameter]: name } });
}

/** Default versions come with the policy; the others only of the account's own policies, which it can switch back to. */
async function collectDocuments(collector: Collector, policies: PolicyNames): Promise<void> {
  const own = [...policies.values()].filter(({ type }) => type === "Custom");
  await Promise.all([
    forEach(collector, "ram.GetPolicy", [...policies.values()], ofPolicy),
    ...own.map(async (policy) => await collectVersions(collector, policy)),
  ]);
}

async function collectVersions(collector: Collector, policy: PolicyName): Promise<void> {
  const older: string[] = [];
  await collector.fetch("ram.ListPolicyVersions", ofPolicy(policy), (said) => {
    for (const one of said) if (one.kind === "version" && one.isDefault !== true) older.push(one.versionId);
  });
  const { names = [], query } = ofPolicy(policy);
  await forEach(collector, "ram.GetPolicyVersion", older, (version) => ({
    names: [...names, version],
    query: { ...query, VersionId: version },
  }));
}

function ofPolicy({ type, name }: PolicyName): CallSubject {
  return { names: [type, name], query: { PolicyType: type, PolicyName: name } };
}

function addPolicies(policies: PolicyNames, said: readonly Said[]): void {
  for (const one of said) {
    if (one.kind !== "policy" && one.kind !== "attachment") continue;
    const name = one.kind === "policy" ? one.name : one.policyName;
    policies.set(`${one.policyType} ${name}`, { type: one.policyType, name });
  }
}

async function listNames(collector: Collector, call: CallName, kind: "user" | "group"): Promise<readonly string[]> {
  const names: string[] = [];
  await collector.fetch(call, {}, (said) => {
    for (const one of said) if (one.kind === kind) names.push(one.name);
  });
  return names;
}

/** @returns whether all of it is there */
async function forEach<T>(
  collector: Collector,
  call: CallName,
  items: readonly T[],
  subjectOf: (item: T) => CallSubject,
  onPage?: (said: readonly Said[]) => void,
): Promise<boolean> {
  const done = await Promise.all(items.map(async (item) => await collector.fetch(call, subjectOf(item), onPage)));
  return done.every(Boolean);
}
