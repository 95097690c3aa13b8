import { createHash } from "node:crypto";
import {
  type AccountBatch,
  type AccountFacts,
  type CatalogBatch,
  type CatalogFacts,
  NO_CATALOG_FACTS,
} from "../../src/inventory/batch.js";
import type { DirectoryFacts } from "../../src/inventory/directory.js";
import { groupKey, policyKey, roleKey, sourceKey, userKey } from "../../src/inventory/keys.js";
import type { Policy } from "../../src/inventory/policy.js";
import type { ResourceFacts } from "../../src/inventory/resource.js";

/** Facts that fill every table and every column, as importers hand them over. */

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Blanks, an escape, a key stated twice: a document is kept as it is, even where it is wrong. */
export const DOCUMENT =
  '{ "Version":"1",\r\n\t"Statement":[{"Effect":"Allow","Action":"mq:*","Resource":"*","\\u0041":"é𝄞"}] }';

const BRIDGE_DOCUMENT =
  '{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:CreateSecurityGroup","ecs:Describe*"],"Resource":"*"}]}';

export function page(title: string, facts: Partial<CatalogFacts>, updatedAt = "2024-05-11"): CatalogBatch {
  const uri = `https://help.example.com/${title}`;
  const key = sourceKey("DOCUMENTATION_PAGE", uri);
  const whole = { ...NO_CATALOG_FACTS, ...facts };
  return {
    kind: "catalog",
    source: {
      key,
      kind: "DOCUMENTATION_PAGE",
      title,
      uri,
      sha256: digest(facts),
      pageSha256: digest(title),
      updatedAt,
    },
    facts: whole,
    findings: [
      {
        code: "UNTIDY_NAME",
        severity: "WARNING",
        message: "blanks around `mq:Send `",
        pointer: "/Statement/0/Action/1",
        line: 7,
        column: 3,
        suggestion: "mq:Send",
        subject: "action:mq:send",
      },
      { code: "NOTE", severity: "SUGGESTION", message: "a table without rows" },
    ],
  };
}

export const AUTHORIZATION_PAGE = page("authorization", {
  product: "Message Queue",
  services: [{ code: "mq", name: "Message Queue", aliases: ["MQ"], granularity: "RESOURCE" }],
  actions: ["mq:ListMqttInstance"],
  resourceTypes: [{ service: "mq", name: "Instance", arnTemplate: "acs:mq:{#regionId}:{#accountId}:{#InstanceId}" }],
  conditionKeys: [
    { name: "acs:SourceIp", valueType: "String" },
    { name: "mq:Tag", service: "mq" },
  ],
  operations: [
    {
      service: "mq",
      name: "SendMessage",
      action: "mq:Send",
      accessLevel: "UPDATE",
      resources: [
        { resourceType: "Instance", arnTemplate: "acs:mq:{#regionId}:{#accountId}:{#InstanceId}", isRequired: true },
        { arnTemplate: "*", isRequired: false },
      ],
      conditionKeys: ["mq:Tag", "acs:SourceIp"],
      dependentActions: ["mq:Access", "mq:ListMqttInstance"],
    },
  ],
  policies: [
    { name: "AliyunMQFullAccess", description: "all of it", isHighRisk: true, document: DOCUMENT },
    { name: "AliyunMQReadOnlyAccess", isHighRisk: false },
  ],
});

export const ROLES_PAGE = page("roles", {
  product: "Message Queue",
  services: [{ code: "ecs", name: "Elastic Compute Service", aliases: ["ECS"] }],
  roles: [
    {
      name: "AliyunServiceRoleForMQBridge",
      serviceName: "bridge.mq.aliyuncs.com",
      document: BRIDGE_DOCUMENT,
      createdWhen: "the first rule is made",
      purpose: "to forward messages",
      servicePurposes: [{ label: "ECS", purpose: "to make a security group" }],
      prerequisitesForDeletion: ["delete all rules"],
      consequences: ["messages stay where they are"],
    },
  ],
});

/** A system policy as an export has it. */
export function systemPolicy(versionId: string, documentText: string, createdAt: string): Policy {
  return {
    type: "SYSTEM",
    name: "AliyunMQFullAccess",
    isHighRisk: false,
    versions: [{ versionId, isDefault: true, documentText, createdAt }],
  };
}

const SYSTEM = systemPolicy("v3", '{"Version":"1","Statement":[]}', "2023-01-02T03:04:05Z");

export function account(id: string, changes: Partial<AccountFacts> = {}): AccountBatch {
  const facts = { ...accountFacts(id), ...changes };
  const key = sourceKey("ACCOUNT_EXPORT", id);
  return {
    kind: "account",
    source: { key, kind: "ACCOUNT_EXPORT", title: `export of ${id}`, sha256: digest(facts) },
    facts,
    findings: [{ code: "ODD_FILE", severity: "ERROR", message: "unknown file `x.json`", subject: `account:${id}` }],
    gaps: [
      {
        reason: "RESOURCE_POLICIES_NOT_IMPORTED",
        subject: "videos",
        detail: "the policy of bucket `videos` is unknown",
        accountId: id,
      },
      { reason: "SERVICE_NOT_IN_CATALOG", subject: "xyz", detail: "the service is unknown" },
    ],
  };
}

function accountFacts(id: string): AccountFacts {
  const custom = policyKey("CUSTOM", id, "Ship");
  const system = policyKey("SYSTEM", undefined, SYSTEM.name);
  return {
    ...directoryFacts(id),
    ...resourceFacts(id),
    account: { id, alias: `shop-${id}` },
    users: [
      { accountId: id, name: "Alice", userId: "29041" },
      { accountId: id, name: "bob" },
    ],
    groups: [{ accountId: id, name: "Devs" }],
    memberships: [{ accountId: id, group: "Devs", user: "Alice" }],
    roles: [
      {
        accountId: id,
        name: "Deployer",
        roleId: "3171",
        description: "ships",
        trustPolicy: '{"Version":"1"}\n',
        maxSessionDuration: 3600,
      },
      { accountId: id, name: "AliyunServiceRoleForMQBridge", serviceName: "bridge.mq.aliyuncs.com" },
    ],
    policies: [
      {
        type: "CUSTOM",
        accountId: id,
        name: "Ship",
        description: "for ships",
        isHighRisk: false,
        versions: [
          { versionId: "v1", isDefault: false, documentText: DOCUMENT, createdAt: "2022-01-01T00:00:00Z" },
          { versionId: "v2", isDefault: true, documentText: `${DOCUMENT}\n`, createdAt: "2022-01-02T00:00:00.125Z" },
        ],
      },
      {
        type: "CONTROL",
        accountId: id,
        name: "NoSpending",
        isHighRisk: false,
        versions: [{ versionId: "v1", isDefault: true, documentText: DOCUMENT }],
      },
      SYSTEM,
    ],
    attachments: [
      { policy: custom, principal: groupKey(id, "Devs"), attachedAt: "2022-02-01T10:00:00Z" },
      { policy: custom, principal: userKey(id, "bob"), resourceGroupId: "rg-1" },
      { policy: custom, principal: userKey(id, "bob") },
      { policy: system, principal: roleKey(id, "Deployer") },
    ],
  };
}

/** The account's own directory: a folder under the root, a member in each. */
function directoryFacts(id: string): DirectoryFacts {
  const directoryId = `rd-${id}`;
  const policy = policyKey("CONTROL", id, "NoSpending");
  return {
    directories: [{ id: directoryId, managementAccountId: id, rootFolderId: `r-${id}`, isControlPolicyEnabled: true }],
    folders: [
      { directoryId, id: "fd-shops", parentId: `r-${id}`, name: "Shops" },
      { directoryId, id: `r-${id}`, name: "Root" },
    ],
    members: [
      { directoryId, accountId: `${id}1`, folderId: `r-${id}` },
      { directoryId, accountId: `${id}2`, folderId: "fd-shops" },
    ],
    controlAttachments: [
      { directoryId, policy, target: `${id}2`, effectScope: "ALL" },
      { directoryId, policy, target: "fd-shops", effectScope: "RAM" },
    ],
  };
}

function resourceFacts(accountId: string): ResourceFacts {
  const type = { service: "ecs", resourceType: "instance" };
  const arn = `acs:ecs:cn-hangzhou:${accountId}:instance/i-1`;
  return {
    resourceGroups: [{ accountId, id: "rg-1", name: "shop" }],
    groupedResources: [
      { accountId, ...type, resourceId: "i-1", regionId: "cn-hangzhou", resourceGroupId: "rg-1" },
      { accountId, service: "oss", resourceType: "bucket", resourceId: "photos", resourceGroupId: "rg-1" },
    ],
    groupSupports: [{ ...type, isSupported: true }],
    resourceTags: [
      { accountId, arn, key: "empty", value: "" },
      { accountId, arn, key: "owner", value: "Älice" },
    ],
    resourcePolicies: [{ accountId, kind: "OSS_BUCKET", resource: "photos", documentText: DOCUMENT }],
  };
}
