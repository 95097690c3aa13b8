import { describe, expect, test } from "@jest/globals";
import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { AUTHORIZATION, CATALOG, GRANTS, QUEUE_ROLE, ROLES } from "./acme-pages.js";
import { allow, operation, page, role } from "./batches.js";

describe("policies", () => {
  test("of roles and of the system, each with its one version", () => {
    expect(CATALOG.policies).toEqual([
      {
        type: "SERVICE_LINKED",
        name: "AcmeRolePolicyForQueue",
        isHighRisk: false,
        service: "aq",
        versions: [{ versionId: "v1", isDefault: true, documentText: QUEUE_ROLE.document }],
        sourceKey: ROLES.source.key,
      },
      {
        type: "SYSTEM",
        name: "AcmeQueueFullAccess",
        description: "everything",
        isHighRisk: false,
        versions: [],
        sourceKey: GRANTS.source.key,
      },
    ]);
  });

  test("a role's policy bears the role's name where the page names none", () => {
    const { policies, attachments } = mergeCatalog([page("p", undefined, { roles: [role("R", "r.aliyuncs.com")] })]);
    expect(policies).toMatchObject([{ type: "SERVICE_LINKED", name: "R", versions: [] }]);
    expect(attachments).toEqual([{ policy: "policy:SERVICE_LINKED::r", principal: "role:catalog:r" }]);
  });

  test("a policy listed as a system policy under a service-linked policy's name is that policy", () => {
    const name = "AliyunServiceRolePolicyForR";
    const { policies } = mergeCatalog([
      page("a", undefined, { roles: [role("AliyunServiceRoleForR", "r.aliyuncs.com", { policyName: name })] }),
      page("b", undefined, { policies: [{ name, isHighRisk: false, document: allow("r:Do") }] }),
    ]);
    expect(policies).toMatchObject([{ type: "SERVICE_LINKED", name, versions: [{ documentText: allow("r:Do") }] }]);
  });

  test.each([
    [false, "aq"],
    [true, undefined],
  ])("high risk %s: listed by the page of service %s", (isHighRisk, service) => {
    const { policies } = mergeCatalog([
      AUTHORIZATION,
      page("g", undefined, { product: "Acme Queue", policies: [{ name: "P", isHighRisk }] }),
    ]);
    expect(policies[0]?.service).toBe(service);
  });

  test("a warning of high risk stays when a newer page is silent about it", () => {
    const { policies, findings } = mergeCatalog([
      page("old", "2020-01-01", { policies: [{ name: "AdministratorAccess", isHighRisk: true, description: "all" }] }),
      page("new", "2026-01-01", { policies: [{ name: "AdministratorAccess", isHighRisk: false }] }),
    ]);
    expect(policies).toMatchObject([{ isHighRisk: true, description: "all" }]);
    expect(findings).toEqual([]);
  });
});

describe("actions", () => {
  const levels = new Map(CATALOG.actions.map(({ name, ...action }) => [name, action]));

  test.each([
    ["aq:QueueAccess", { service: "aq", accessLevels: ["DELETE", "GET"], isDocumented: true }],
    ["kms:ListKeys", { service: "kms", accessLevels: ["LIST"], isDocumented: true }],
    ["aq:Peek", { service: "aq", accessLevels: ["NONE"], isDocumented: false }],
    ["aq:MetaData", { service: "aq", accessLevels: ["NONE"], isDocumented: false }],
    ["ecs:DeleteSecurityGroup", { service: "ecs", accessLevels: ["DELETE"], isDocumented: false }],
    ["ram:CreateServiceLinkedRole", { service: "ram", accessLevels: ["CREATE"], isDocumented: false }],
  ])("%s", (name, action) => {
    expect(levels.get(name)).toEqual(action);
  });

  test("patterns with wildcards are none", () => {
    expect([...levels.keys()].filter((name) => name.includes("*"))).toEqual([]);
  });

  test("the documented spelling holds, the other is a finding", () => {
    expect(levels.has("kms:Listkeys")).toBe(false);
    expect(CATALOG.findings).toContainEqual(
      expect.objectContaining({
        code: "ACTION_SPELT_DIFFERENTLY",
        suggestion: "kms:ListKeys",
        sourceKey: ROLES.source.key,
      }),
    );
  });

  test("without a documented spelling the first source's holds, and that is no finding", () => {
    const { actions, findings } = mergeCatalog([
      page("b", "2026-01-01", { actions: ["x:doit"] }),
      page("a", "2020-01-01", { actions: [" x:DoIt "] }),
    ]);
    expect(actions).toMatchObject([{ name: "x:DoIt" }]);
    expect(findings).toEqual([]);
  });

  test("rows use the catalog's spelling", () => {
    const { operations } = mergeCatalog([
      page("a", undefined, { operations: [operation("Get", "x:Get", { dependentActions: ["x:get", "y:READ"] })] }),
      page("b", undefined, { operations: [operation("Read", "y:Read")] }),
    ]);
    expect(operations[0]?.dependentActions).toEqual(["x:Get", "y:Read"]);
  });
});

describe("vocabulary", () => {
  test("holds what only rows name", () => {
    expect(CATALOG.resourceTypes).toEqual([{ service: "aq", name: "Queue", arnTemplate: "acs:aq:*:*:{#Queue}" }]);
    expect(CATALOG.conditionKeys).toEqual([{ name: "acs:SourceVpc" }, { name: "aq:Color", service: "aq" }]);
  });

  test.each([
    ["acs:aq:{#region}:{#account}:queue/{#Id}", "acs:aq:$region:{account}:queue/<id>", 0],
    ["acs:aq:*:*:queue/{#Id}", "acs:aq:*:*:topic/{#Id}", 1],
  ])("templates %s and %s", (first, second, count) => {
    const { findings } = mergeCatalog([
      page("a", "2026-01-01", { resourceTypes: [{ service: "aq", name: "Queue", arnTemplate: first }] }),
      page("b", "2025-01-01", { resourceTypes: [{ service: "AQ", name: "queue", arnTemplate: second }] }),
    ]);
    expect(findings).toHaveLength(count);
  });
});

describe("pages that disagree", () => {
  const told = (name: string, updatedAt: string | undefined, description: string) =>
    page(name, updatedAt, { policies: [{ name: "P", description, isHighRisk: false }] });

  test.each([
    ["the newer page holds", told("a", "2025-01-01", "old"), told("b", "2026-01-01", "new"), "new"],
    [
      "an instant is compared as one",
      told("a", "2026-01-01T01:00:00+08:00", "old"),
      told("b", "2025-12-31T23:00:00Z", "new"),
      "new",
    ],
    ["a day goes before no day", told("a", undefined, "old"), told("b", "2019-01-01", "new"), "new"],
    ["a date in words is no day", told("a", "Mar 11, 2027", "old"), told("b", "2019-01-01", "new"), "new"],
    ["of one day, the first source key holds", told("b", "2026-01-01", "old"), told("a", "2026-01-01", "new"), "new"],
  ])("%s", (_name, loser, winner, description) => {
    const { policies, findings } = mergeCatalog([loser, winner]);
    expect(policies).toMatchObject([{ description, sourceKey: winner.source.key }]);
    expect(findings).toEqual([
      expect.objectContaining({ code: "FACT_OVERRIDDEN", sourceKey: loser.source.key, subject: "policy:SYSTEM::p" }),
    ]);
    for (const { source } of [loser, winner]) expect(findings[0]?.message).toContain(`\`${source.title}\``);
  });

  test("a row is replaced as a whole", () => {
    const { operations, findings } = mergeCatalog([
      page("a", "2025-01-01", { operations: [operation("Get", "x:Get", { dependentActions: ["x:Old"] })] }),
      page("b", "2026-01-01", { operations: [operation("Get", "x:Get", { accessLevel: "LIST" })] }),
    ]);
    expect(operations).toEqual([operation("Get", "x:Get", { accessLevel: "LIST" })]);
    expect(findings[0]?.message).toContain("accessLevel, dependentActions");
  });

  test("documents that differ in layout only agree", () => {
    const document = allow("x:Get");
    const { findings } = mergeCatalog([
      page("a", "2025-01-01", { policies: [{ name: "P", isHighRisk: false, document }] }),
      page("b", "2026-01-01", {
        policies: [{ name: "P", isHighRisk: false, document: JSON.stringify(JSON.parse(document), null, 2) }],
      }),
    ]);
    expect(findings).toEqual([]);
  });

  test("pages of one title are told apart by their addresses", () => {
    const moved = told("b", "2026-01-01", "new");
    const { findings } = mergeCatalog([
      told("a", "2025-01-01", "old"),
      { ...moved, source: { ...moved.source, title: "a" } },
    ]);
    for (const name of ["a", "b"]) expect(findings[0]?.message).toContain(`\`source:DOCUMENTATION_PAGE:${name}\``);
  });

  test("one page that says two things is a finding too", () => {
    const twice = page("a", undefined, {
      operations: [operation("G", "x:G"), operation("G", "x:G", { accessLevel: "NONE" })],
    });
    expect(mergeCatalog([twice]).findings).toMatchObject([
      { code: "FACT_OVERRIDDEN", message: expect.stringContaining("twice on `a`") },
    ]);
  });

  test("three pages: each loser names the page that it lost against", () => {
    const { findings } = mergeCatalog([
      told("a", "2024-01-01", "1"),
      told("b", "2025-01-01", "2"),
      told("c", "2026-01-01", "3"),
    ]);
    expect(findings.map(({ sourceKey }) => sourceKey)).toEqual(
      ["a", "b"].map((name) => `source:DOCUMENTATION_PAGE:${name}`),
    );
  });

  test("findings of the pages' own readings pass through with their source", () => {
    const finding = { code: "TRAILING_COMMA", severity: "WARNING", message: "a comma too many", line: 3 } as const;
    const { findings } = mergeCatalog([{ ...ROLES, findings: [finding], facts: page("x", undefined, {}).facts }]);
    expect(findings).toEqual([{ ...finding, sourceKey: ROLES.source.key }]);
  });
});
