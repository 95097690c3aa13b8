import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { groupKey, policyKey, roleKey, userKey } from "../../src/inventory/keys.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";

const NOW = "2026-01-01T00:00:00Z";
const PAGE = { key: "source:DOCUMENTATION_PAGE:page", kind: "DOCUMENTATION_PAGE" } as const;
const EXPORT = { key: "source:ACCOUNT_EXPORT:111", kind: "ACCOUNT_EXPORT" } as const;
const KEEPER = policyKey("CUSTOM", "111", "Keeper");
const LINKED = policyKey("SERVICE_LINKED", undefined, "AcmeRoleForQueue");
const READ_ONLY = policyKey("SYSTEM", undefined, "AcmeQueueReadOnly");

/** A document, and where in its text a blemish is: the second statement is misspelt. */
export const KEEPER_TEXT = `{ "Version": "1", "Statement": [
  { "Effect": "Allow", "Action": ["queue:*Queue", "store:Get?"], "Resource": "*" },
  { "Effect": "Deny", "NotAction": "queue:*", "Resource": "*", "Condition": { "Bool": { "acs:SecureTransport": "false" } } }
] }`;

function document(...actions: readonly string[]): string {
  return JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
}

const version = (documentText: string, versionId = "v1", isDefault = true) => ({ versionId, isDefault, documentText });

/** Two accounts that share names, one product with a service-linked role, and some actions. */
export const BROWSING_INVENTORY: Inventory = {
  ...NO_DIRECTORY,
  ...NO_RESOURCES,
  revision: "7",
  committedAt: NOW,
  services: [
    { code: "queue", name: "Acme Queue", granularity: "RESOURCE", sourceKey: PAGE.key },
    { code: "ram", name: "ram", sourceKey: PAGE.key },
    { code: "store", name: "Object Store", sourceKey: PAGE.key },
  ],
  actions: [
    { name: "queue:CreateQueue", service: "queue", accessLevels: ["CREATE"], isDocumented: true },
    { name: "queue:DropQueue", service: "queue", accessLevels: ["DELETE"], isDocumented: true },
    { name: "queue:QueueAccess", service: "queue", accessLevels: ["GET", "LIST"], isDocumented: true },
    { name: "store:Get1", service: "store", accessLevels: ["GET"], isDocumented: false },
    { name: "store:Get22", service: "store", accessLevels: ["GET"], isDocumented: false },
  ],
  operations: [
    {
      service: "queue",
      name: "CreateQueue",
      action: "queue:CreateQueue",
      accessLevel: "CREATE",
      resources: [{ arnTemplate: "*", isRequired: false }],
      conditionKeys: [],
      dependentActions: ["queue:QueueAccess", "store:Get1"],
    },
    {
      service: "queue",
      name: "DropQueue",
      action: "queue:DropQueue",
      accessLevel: "DELETE",
      resources: [{ resourceType: "Queue", arnTemplate: "acs:queue:*:*:queue/{#Name}", isRequired: true }],
      conditionKeys: ["acs:SourceVpc", "queue:Color"],
      dependentActions: [],
    },
    {
      service: "queue",
      name: "GetQueue",
      action: "queue:QueueAccess",
      accessLevel: "GET",
      resources: [{ resourceType: "Queue", arnTemplate: "acs:queue:*:*:queue/{#Name}", isRequired: true }],
      conditionKeys: [],
      dependentActions: [],
    },
  ],
  resourceTypes: [{ service: "queue", name: "Queue", arnTemplate: "acs:queue:*:*:queue/{#Name}" }],
  conditionKeys: [{ name: "acs:SourceVpc" }, { name: "queue:Color", valueType: "String", service: "queue" }],
  serviceLinks: [
    {
      roleName: "AcmeRoleForQueue",
      serviceName: "worker.queue.aliyuncs.com",
      service: "queue",
      createdWhen: "the first queue is made",
      purpose: "moves messages",
      prerequisitesForDeletion: ["all queues"],
      consequences: ["messages stop"],
      creationPolicy: document("ram:CreateServiceLinkedRole"),
      isCreationPolicyBuilt: false,
    },
  ],
  serviceDependencies: [{ from: "queue", to: "store", roleName: "AcmeRoleForQueue", purpose: "keeps messages" }],
  sources: [
    { ...EXPORT, title: "account 111", sha256: "e", importedAt: NOW },
    { ...PAGE, title: "roles", uri: "https://example.com/roles", sha256: "p", importedAt: NOW },
  ],
  accounts: [{ id: "111", alias: "home", importedAt: NOW }, { id: "222" }],
  users: [
    { accountId: "111", name: "Alice", userId: "2001" },
    { accountId: "111", name: "bob" },
    { accountId: "222", name: "alice" },
    { accountId: "222", name: "under_score%" },
  ],
  groups: [{ accountId: "111", name: "Operators" }],
  memberships: [
    { accountId: "111", group: "Operators", user: "Alice" },
    { accountId: "111", group: "Operators", user: "bob" },
  ],
  roles: [
    { accountId: "111", name: "Deploy", sourceKey: EXPORT.key, maxSessionDuration: 3600, trustPolicy: "{ no json" },
    { accountId: "222", name: "AcmeRoleForZed", serviceName: "in.zed.aliyuncs.com", sourceKey: EXPORT.key },
    {
      accountId: "catalog",
      name: "AcmeRoleForQueue",
      serviceName: "worker.queue.aliyuncs.com",
      sourceKey: PAGE.key,
      trustPolicy: JSON.stringify({
        Version: "1",
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["worker.queue.aliyuncs.com"] } },
        ],
      }),
    },
    { accountId: "catalog", name: "deploy", sourceKey: PAGE.key },
  ],
  policies: [
    {
      type: "CUSTOM",
      accountId: "111",
      name: "Keeper",
      isHighRisk: false,
      sourceKey: EXPORT.key,
      versions: [version(KEEPER_TEXT, "v2"), version("{ not json", "v1", false), { versionId: "v0", isDefault: false }],
    },
    {
      type: "SERVICE_LINKED",
      name: "AcmeRoleForQueue",
      isHighRisk: false,
      service: "queue",
      sourceKey: PAGE.key,
      versions: [version(document("store:Get*", "queue:DropQueue"))],
    },
    {
      type: "SYSTEM",
      name: "AcmeQueueReadOnly",
      isHighRisk: false,
      service: "queue",
      sourceKey: PAGE.key,
      versions: [],
    },
    {
      type: "SYSTEM",
      name: "Everything",
      isHighRisk: true,
      sourceKey: PAGE.key,
      versions: [version(document("*"))],
    },
    {
      type: "SYSTEM",
      name: "Keeper",
      isHighRisk: false,
      sourceKey: PAGE.key,
      versions: [version(document("store:*"))],
    },
  ],
  attachments: [
    { policy: KEEPER, principal: userKey("111", "Alice") },
    { policy: READ_ONLY, principal: groupKey("111", "Operators"), resourceGroupId: "rg-1", attachedAt: NOW },
    { policy: KEEPER, principal: roleKey("111", "Deploy") },
    { policy: LINKED, principal: roleKey("catalog", "AcmeRoleForQueue") },
  ],
  findings: [
    {
      code: "ODD",
      severity: "WARNING",
      message: "odd",
      sourceKey: PAGE.key,
      subject: roleKey("catalog", "AcmeRoleForQueue"),
    },
    { code: "BAD", severity: "ERROR", message: "bad", sourceKey: EXPORT.key, subject: KEEPER },
  ],
  gaps: [{ reason: "CONTROL_POLICIES_NOT_IMPORTED", subject: "111", detail: "not imported", accountId: "111" }],
};

/** The same world with one more user, as the next revision. */
const NEXT_INVENTORY: Inventory = {
  ...BROWSING_INVENTORY,
  revision: "8",
  users: [{ accountId: "111", name: "Aaron" }, ...BROWSING_INVENTORY.users],
};

export const BROWSING_WORLD: Snapshot = compileSnapshot(BROWSING_INVENTORY);
export const NEXT_WORLD: Snapshot = compileSnapshot(NEXT_INVENTORY);
