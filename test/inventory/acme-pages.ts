import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { allow, operation, page, role } from "./batches.js";

export const QUEUE_ROLE = role("AcmeRoleForQueue", "worker.queue.aliyuncs.com", {
  policyName: "AcmeRolePolicyForQueue",
  document: allow("ecs:DeleteSecurityGroup", "ecs:Describe*", "kms:Listkeys", "queue:Ping", "*:Tag*"),
  createdWhen: "first queue",
  servicePurposes: [
    { label: "Elastic Compute Service (ECS)", purpose: "network" },
    { label: "KMS", purpose: "keys" },
    { label: "Moon Base", purpose: "fun" },
  ],
  prerequisitesForDeletion: ["all queues"],
});

export const ROLES = page("roles", "2026-03-11", { product: "Acme Queue", roles: [QUEUE_ROLE] });
export const AUTHORIZATION = page("authorization", "2026-02-12", {
  product: "Acme Queue",
  services: [{ code: "aq", name: "Acme Queue", granularity: "OPERATION" }],
  operations: [
    operation("GetQueue", "aq:QueueAccess", { dependentActions: ["aq:Peek "] }),
    operation("DropQueue", "aq:QueueAccess", {
      accessLevel: "DELETE",
      resources: [{ resourceType: "Queue", arnTemplate: "acs:aq:*:*:{#Queue}", isRequired: true }],
      conditionKeys: ["acs:SourceVpc", "aq:Color"],
    }),
    operation("ListKeys", "kms:ListKeys", { accessLevel: "LIST" }),
  ],
});
export const GRANTS = page("grants", "2025-01-01", {
  actions: ["aq:MetaData"],
  policies: [{ name: "AcmeQueueFullAccess", description: "everything", isHighRisk: false }],
  roles: [role("AcmeRoleForQueue", "worker.queue.aliyuncs.com", { createdWhen: "the first queue is made" })],
});
export const NAMES = page("names", undefined, {
  services: [
    { code: "ECS", name: "Elastic Compute Service", aliases: ["Compute"] },
    { code: "aq", name: "Acme Message Queue" },
  ],
});
export const PAGES = [ROLES, AUTHORIZATION, GRANTS, NAMES];
export const CATALOG = mergeCatalog(PAGES);
