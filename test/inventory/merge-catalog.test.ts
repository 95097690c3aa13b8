import { describe, expect, test } from "@jest/globals";
import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { allow, operation, page, permutations, role } from "./batches.js";

const QUEUE_ROLE = role("AcmeRoleForQueue", "worker.queue.aliyuncs.com", {
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

const ROLES = page("roles", "2026-03-11", { product: "Acme Queue", roles: [QUEUE_ROLE] });
const AUTHORIZATION = page("authorization", "2026-02-12", {
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
const GRANTS = page("grants", "2025-01-01", {
  actions: ["aq:MetaData"],
  policies: [{ name: "AcmeQueueFullAccess", description: "everything", isHighRisk: false }],
  roles: [role("AcmeRoleForQueue", "worker.queue.aliyuncs.com", { createdWhen: "the first queue is made" })],
});
const NAMES = page("names", undefined, {
  services: [
    { code: "ECS", name: "Elastic Compute Service", aliases: ["Compute"] },
    { code: "aq", name: "Acme Message Queue" },
  ],
});
const PAGES = [ROLES, AUTHORIZATION, GRANTS, NAMES];
const CATALOG = mergeCatalog(PAGES);

describe("laws", () => {
  test("the order of imports does not matter", () => {
    for (const order of permutations(PAGES)) expect(mergeCatalog(order)).toEqual(CATALOG);
  });

  test("the same pages again change nothing", () => {
    expect(mergeCatalog([...PAGES, ...PAGES])).toEqual(CATALOG);
  });

  test("an unrelated page adds its own facts and changes no other", () => {
    const unrelated = page("other", "2027-01-01", {
      services: [{ code: "zz", name: "Other" }],
      operations: [operation("GetZed", "zz:GetZed")],
      roles: [role("ZedRole", "zz.aliyuncs.com", { document: allow("zz:Own") })],
    });
    const joined = mergeCatalog([unrelated, ...PAGES]);
    for (const [name, facts] of Object.entries(CATALOG)) {
      expect(Object.entries(joined)).toContainEqual([name, expect.arrayContaining(facts)]);
    }
    expect(joined.services).toHaveLength(CATALOG.services.length + 1);
  });
});
