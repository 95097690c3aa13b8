import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { CATALOG_ACCOUNT, type Key, policyKey, roleKey } from "../../src/inventory/keys.js";
import type { Policy } from "../../src/inventory/policy.js";
import type { Role } from "../../src/inventory/principal.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";

export const EMPTY: Inventory = {
  ...NO_DIRECTORY,
  ...NO_RESOURCES,
  revision: "1",
  committedAt: "2026-01-01T00:00:00Z",
  services: [],
  actions: [],
  operations: [],
  resourceTypes: [],
  conditionKeys: [],
  serviceLinks: [],
  serviceDependencies: [],
  sources: [],
  accounts: [],
  users: [],
  groups: [],
  memberships: [],
  roles: [],
  policies: [],
  attachments: [],
  findings: [],
  gaps: [],
};

export const PAGE = "source:DOCUMENTATION_PAGE:x";
export const LINKED: Key = policyKey("SERVICE_LINKED", undefined, "AliyunServiceRoleForX");
export const CATALOG_ROLE: Role = {
  accountId: CATALOG_ACCOUNT,
  name: "AliyunServiceRoleForX",
  serviceName: "x.aliyuncs.com",
};

/** A policy of a service-linked role, without a document where none is given. */
export function linkedPolicy(name: string, documentText?: string): Policy {
  const versions = documentText === undefined ? [] : [{ versionId: "v1", isDefault: true, documentText }];
  const source = documentText === undefined ? {} : { sourceKey: PAGE };
  return { type: "SERVICE_LINKED", name, isHighRisk: false, versions, ...source };
}

/** A catalog whose one role bears a policy of the role's own name, and what an account has beside it. */
export function besideCatalog(roles: readonly Role[], more: Partial<Inventory> = {}): Inventory {
  const { policies = [], attachments = [] } = more;
  return {
    ...EMPTY,
    ...more,
    roles: [...roles, CATALOG_ROLE],
    policies: [linkedPolicy("AliyunServiceRoleForX", "{}"), ...policies],
    attachments: [{ policy: LINKED, principal: roleKey(CATALOG_ACCOUNT, CATALOG_ROLE.name) }, ...attachments],
  };
}
