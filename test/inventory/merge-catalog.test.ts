import { describe, expect, test } from "@jest/globals";
import { type MergedCatalog, mergeCatalog } from "../../src/inventory/merge-catalog.js";
import { AUTHORIZATION, CATALOG, GRANTS, NAMES, PAGES, ROLES } from "./acme-pages.js";
import { allow, operation, page, permutations, role } from "./batches.js";

/** Each list of a catalog with its facts as text. */
function listsOf(catalog: MergedCatalog): readonly (readonly [string, readonly string[]])[] {
  const lists: readonly (readonly [string, readonly unknown[]])[] = Object.entries(catalog);
  return lists.map(([name, facts]) => [name, facts.map((fact) => JSON.stringify(fact))]);
}

function reverseFields<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).reverse());
  }) as T;
}

describe("laws", () => {
  test("the order of imports does not matter", () => {
    for (const order of permutations(PAGES)) expect(mergeCatalog(order)).toEqual(CATALOG);
  });

  test("nor does the order in which fields are written: a database has its own", () => {
    const otherwise = { createdWhen: "never", prerequisitesForDeletion: ["none"], consequences: ["all is lost"] };
    const other = page("other", "2027-01-01", {
      roles: [role("AcmeRoleForQueue", "worker.queue.aliyuncs.com", otherwise)],
      operations: [operation("DropQueue", "aq:QueueAccess", { accessLevel: "NONE", conditionKeys: ["aq:Size"] })],
    });
    const pages = [...PAGES, other, page("older", "2020-01-01", { ...other.facts, ...ROLES.facts })];
    expect(mergeCatalog(pages.map(reverseFields))).toEqual(mergeCatalog(pages));
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
