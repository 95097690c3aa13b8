import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Attachment } from "../../src/inventory/attachment.js";
import type { Action, Operation, ResourceType } from "../../src/inventory/catalog.js";
import { compareAttachments } from "../../src/inventory/compare-attachments.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { CATALOG_ACCOUNT, groupKey, type Key, policyKey, roleKey, userKey } from "../../src/inventory/keys.js";
import type { Policy } from "../../src/inventory/policy.js";
import type { Role } from "../../src/inventory/principal.js";
import type { Gap } from "../../src/inventory/source.js";
import { directoryOf, type WorldDirectory } from "./world-directory.js";
import { type Content, documentText, OWN_ACCOUNT, owned } from "./world-names.js";
import { resourcesOf, type WorldResources } from "./world-resources.js";

/** A policy at account scope by its name, or at the scope of a resource group. */
export type Attached = string | { readonly policy: string; readonly resourceGroup: string };

/**
 * A small world as people write it. Names are those of account 111; `222/bob` is of account 222, `catalog/X` a role as
 * the documentation describes it.
 */
export interface World extends WorldResources {
  /** A list of statements, the text of a document, or null where the document is not known. */
  readonly policies: Readonly<Record<string, Content>>;
  readonly users?: Readonly<Record<string, readonly Attached[]>>;
  readonly roles?: Readonly<Record<string, readonly Attached[]>>;
  readonly groups?: Readonly<
    Record<string, { readonly members: readonly string[]; readonly policies: readonly Attached[] }>
  >;
  /** Service principals of service-linked roles. */
  readonly serviceNames?: Readonly<Record<string, string>>;
  /** Trust policies by role. */
  readonly trusts?: Readonly<Record<string, Content>>;
  /** RAM's own ids of users and roles. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Imported accounts in which nobody is named. */
  readonly accounts?: readonly string[];
  readonly directory?: WorldDirectory;
  readonly gaps?: readonly Gap[];
  readonly operations?: readonly WorldOperation[];
  /** Policies that are the account's own, each with its older versions; the others are the cloud's. */
  readonly customPolicies?: Readonly<Record<string, readonly Content[]>>;
  /** ARN templates by `service:Type`. */
  readonly resourceTypes?: Readonly<Record<string, string>>;
}

export interface WorldOperation {
  /** `service:Name` */
  readonly name: string;
  readonly action: string;
  readonly needs?: readonly string[];
  /** ARN templates of the resources that it takes, required and optional. */
  readonly resource?: string | readonly string[];
  readonly optionalResource?: string | readonly string[];
}

/** Compiles a world whose catalog lists the given actions. */
export function buildWorld(world: World, actions: readonly string[]): Snapshot {
  return compileSnapshot(inventoryOf(world, actions));
}

export function principalOf({ principals }: Snapshot, name: string): CompiledPrincipal {
  const [accountId, bare] = owned(name);
  const found = principals.find((each) => each.accountId === accountId && each.name === bare);
  if (found === undefined) throw new Error(`the world has no principal \`${name}\``);
  return found;
}

/** The name as the world writes it. */
export function nameOf({ accountId, name }: CompiledPrincipal): string {
  return accountId === OWN_ACCOUNT ? name : `${accountId}/${name}`;
}

export function worldPolicyKey(name: string, { customPolicies = {} }: Pick<World, "customPolicies"> = {}): Key {
  return name in customPolicies ? policyKey("CUSTOM", OWN_ACCOUNT, name) : policyKey("SYSTEM", undefined, name);
}

/** The facts of a world whose catalog lists the given actions. */
export function inventoryOf(world: World, actions: readonly string[]): Inventory {
  const { users = {}, roles = {}, groups = {}, ids = {} } = world;
  const named = [...Object.keys(users), ...Object.keys(roles)].map((name) => owned(name)[0]);
  const accountIds = new Set([...named, ...(world.accounts ?? [])]);
  accountIds.delete(CATALOG_ACCOUNT);
  const { facts: directoryFacts, policies: controlPolicies } = directoryOf(world.directory, world.policies);
  return {
    ...directoryFacts,
    ...resourcesOf(world),
    revision: "1",
    committedAt: "2026-01-01T00:00:00Z",
    ...catalogOf(world, actions),
    sources: [],
    accounts: [...accountIds].sort().map((id) => ({ id })),
    users: Object.keys(users).map((name) => {
      const userId = ids[name];
      return { accountId: owned(name)[0], name: owned(name)[1], ...(userId === undefined ? {} : { userId }) };
    }),
    groups: Object.keys(groups).map((name) => ({ accountId: owned(name)[0], name: owned(name)[1] })),
    memberships: Object.entries(groups).flatMap(([group, { members }]) =>
      members.map((user) => ({ accountId: owned(group)[0], group: owned(group)[1], user: owned(user)[1] })),
    ),
    roles: Object.keys(roles).map((name) => roleOf(world, name)),
    policies: [
      ...Object.entries(world.policies).map(([name, content]) => policyOf(world, name, content)),
      ...controlPolicies,
    ],
    attachments: [
      ...Object.entries(users).flatMap(([name, held]) => attach(world, userKey(...owned(name)), held)),
      ...Object.entries(roles).flatMap(([name, held]) => attach(world, roleKey(...owned(name)), held)),
      ...Object.entries(groups).flatMap(([name, { policies }]) => attach(world, groupKey(...owned(name)), policies)),
    ].sort(compareAttachments),
    findings: [],
    gaps: world.gaps ?? [],
  };
}

function roleOf({ serviceNames = {}, trusts = {}, ids = {} }: World, written: string): Role {
  const [accountId, name] = owned(written);
  const [serviceName, roleId, trust] = [serviceNames[written], ids[written], trusts[written]];
  return {
    accountId,
    name,
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(roleId === undefined ? {} : { roleId }),
    ...(trust === undefined || trust === null ? {} : { trustPolicy: documentText(trust) }),
  };
}

function policyOf({ customPolicies = {} }: World, name: string, content: Content): Policy {
  const older = customPolicies[name];
  const versions = [content, ...(older ?? [])].map((each, index) => ({
    versionId: `v${index + 1}`,
    isDefault: index === 0,
    ...(each === null ? {} : { documentText: documentText(each) }),
  }));
  if (older === undefined) return { type: "SYSTEM", name, isHighRisk: false, versions };
  return { type: "CUSTOM", accountId: OWN_ACCOUNT, name, isHighRisk: false, versions };
}

function attach(world: World, principal: Key, held: readonly Attached[]): readonly Attachment[] {
  return held.map((each) =>
    typeof each === "string"
      ? { policy: worldPolicyKey(each, world), principal }
      : { policy: worldPolicyKey(each.policy, world), principal, resourceGroupId: each.resourceGroup },
  );
}

function catalogOf({ operations = [], resourceTypes = {} }: World, names: readonly string[]) {
  const [codeOf, lastOf] = [(name: string) => name.split(":")[0] ?? "", (name: string) => name.split(":")[1] ?? ""];
  const actions = names.map(
    (name): Action => ({ name, service: codeOf(name), accessLevels: ["GET", "UPDATE"], isDocumented: true }),
  );
  return {
    services: [...new Set(names.map(codeOf))].map((code) => ({ code, name: code })),
    actions,
    operations: operations.map(
      ({ name, action, needs = [], resource = [], optionalResource = [] }): Operation => ({
        service: codeOf(name),
        name: lastOf(name),
        action,
        accessLevel: "GET",
        resources: [
          ...[resource].flat().map((arnTemplate) => ({ arnTemplate, isRequired: true })),
          ...[optionalResource].flat().map((arnTemplate) => ({ arnTemplate, isRequired: false })),
        ],
        conditionKeys: [],
        dependentActions: needs,
      }),
    ),
    resourceTypes: Object.entries(resourceTypes).map(
      ([name, arnTemplate]): ResourceType => ({ service: codeOf(name), name: lastOf(name), arnTemplate }),
    ),
    conditionKeys: [],
    serviceLinks: [],
    serviceDependencies: [],
  };
}
