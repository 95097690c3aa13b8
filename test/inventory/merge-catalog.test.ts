import { describe, expect, test } from "@jest/globals";
import { type MergedCatalog, mergeCatalog } from "../../src/inventory/merge-catalog.js";
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

/** Each list of a catalog with its facts as text. */
function listsOf(catalog: MergedCatalog): readonly (readonly [string, readonly string[]])[] {
  const lists: readonly (readonly [string, readonly unknown[]])[] = Object.entries(catalog);
  return lists.map(([name, facts]) => [name, facts.map((fact) => JSON.stringify(fact))]);
}

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
    for (const [name, facts] of listsOf(CATALOG)) {
      const kept = new Map(listsOf(joined)).get(name) ?? [];
      expect(kept.filter((fact) => facts.includes(fact))).toEqual(facts);
    }
  });

  test("lists are in the byte order of their keys", () => {
    const names = CATALOG.actions.map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...names].sort());
  });

  test("of two readings of one source only the newer counts", () => {
    const older = page("roles", "2020-01-01", { roles: [role("Gone", "gone.aliyuncs.com")] });
    expect(mergeCatalog([...PAGES, older])).toEqual(CATALOG);
  });

  test("nothing gives nothing", () => {
    expect(Object.values(mergeCatalog([])).flat()).toEqual([]);
  });
});

describe("services", () => {
  test("come from pages and from the names of actions", () => {
    expect(CATALOG.services).toEqual([
      { code: "aq", name: "Acme Queue", granularity: "OPERATION", sourceKey: AUTHORIZATION.source.key },
      { code: "ecs", name: "Elastic Compute Service", sourceKey: NAMES.source.key },
      { code: "kms", name: "kms", sourceKey: AUTHORIZATION.source.key },
      { code: "queue", name: "queue", sourceKey: ROLES.source.key },
      { code: "ram", name: "ram", sourceKey: GRANTS.source.key },
    ]);
  });

  test.each([
    ["the product of the page", { product: "Acme Queue" }, "aq"],
    ["an alias, in any letter case", { product: "acme  MESSAGE queue" }, "aq"],
    ["either part of a name with a short form", { product: "Whatever (Compute)" }, "ecs"],
    ["the RAM code itself", { product: "Key Management Service (KMS)" }, "kms"],
    ["the service principal, where no product is known", {}, "queue"],
    ["the service principal, where the product is unknown", { product: "Moon Base" }, "queue"],
  ])("a role belongs to the service by %s", (_name, facts, service) => {
    const { serviceLinks } = mergeCatalog([
      AUTHORIZATION,
      NAMES,
      page("one", "2026-01-01", { ...facts, roles: [role("R", "worker.queue.aliyuncs.com")] }),
    ]);
    expect(serviceLinks).toMatchObject([{ roleName: "R", service }]);
  });

  test("an unknown label is a finding on its page", () => {
    expect(CATALOG.findings).toContainEqual(
      expect.objectContaining({
        code: "UNKNOWN_PRODUCT_LABEL",
        severity: "WARNING",
        sourceKey: ROLES.source.key,
        subject: "role:catalog:acmeroleforqueue",
        message: expect.stringContaining("`Moon Base`"),
      }),
    );
  });

  test("a name that two services bear resolves to neither", () => {
    const twins = page("twins", undefined, {
      services: [
        { code: "a", name: "Twin" },
        { code: "b", name: "Twin" },
      ],
    });
    const { serviceLinks, findings } = mergeCatalog([
      twins,
      page("one", undefined, { product: "Twin", roles: [role("R", "r.aliyuncs.com")] }),
    ]);
    expect(serviceLinks[0]?.service).toBe("r");
    expect(findings.map(({ code }) => code)).toEqual(["UNKNOWN_PRODUCT_LABEL"]);
  });
});

describe("service-linked roles", () => {
  test("are of the catalog and trust their service only", () => {
    expect(CATALOG.roles).toEqual([
      {
        accountId: "catalog",
        name: "AcmeRoleForQueue",
        serviceName: "worker.queue.aliyuncs.com",
        sourceKey: ROLES.source.key,
        trustPolicy:
          '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["worker.queue.aliyuncs.com"]}}],"Version":"1"}',
      },
    ]);
  });

  test("bear their policy at account scope", () => {
    expect(CATALOG.attachments).toEqual([
      { policy: "policy:SERVICE_LINKED::acmerolepolicyforqueue", principal: "role:catalog:acmeroleforqueue" },
    ]);
  });

  test("link to the services in which their document allows something, with the page's purpose", () => {
    const link = { from: "aq", roleName: "AcmeRoleForQueue" };
    expect(CATALOG.serviceDependencies).toEqual([
      { ...link, to: "ecs", purpose: "network" },
      { ...link, to: "kms", purpose: "keys" },
      { ...link, to: "queue" },
    ]);
  });

  test("Deny, NotAction and the own service make no dependency", () => {
    const document = JSON.stringify({
      Version: "1",
      Statement: [
        { Effect: "Deny", Action: "oss:*", Resource: "*" },
        { Effect: "Allow", NotAction: "rds:*", Resource: "*" },
        { Effect: "Allow", Action: ["ots:*", "own:Do", "*"], Resource: "*" },
      ],
    });
    const { serviceDependencies } = mergeCatalog([
      page("p", undefined, { roles: [role("R", "own.aliyuncs.com", { document })] }),
    ]);
    expect(serviceDependencies).toEqual([{ from: "own", to: "ots", roleName: "R" }]);
  });

  test.each([
    [
      undefined,
      true,
      '{"Statement":[{"Action":["ram:CreateServiceLinkedRole"],"Resource":"*","Effect":"Allow","Condition":{"StringEquals":{"ram:ServiceName":"r.aliyuncs.com"}}}],"Version":"1"}',
    ],
    ['{"printed":true}', false, '{"printed":true}'],
  ])("creation policy %s", (creationPolicy, isCreationPolicyBuilt, expected) => {
    const more = creationPolicy === undefined ? {} : { creationPolicy };
    const { serviceLinks } = mergeCatalog([page("p", undefined, { roles: [role("R", "r.aliyuncs.com", more)] })]);
    expect(serviceLinks).toMatchObject([{ isCreationPolicyBuilt, creationPolicy: expected }]);
  });

  test("a page that only names a role takes nothing from the page that describes it", () => {
    const later = page("later", "2027-01-01", { roles: [role("acmeroleforqueue", "worker.queue.aliyuncs.com")] });
    const { roles, serviceLinks, policies } = mergeCatalog([later, ...PAGES]);
    expect(roles).toMatchObject([{ sourceKey: ROLES.source.key }]);
    expect(serviceLinks).toMatchObject([{ createdWhen: "first queue", prerequisitesForDeletion: ["all queues"] }]);
    expect(policies[0]?.versions).toHaveLength(1);
  });
});

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
