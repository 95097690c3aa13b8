import { describe, expect, test } from "@jest/globals";
import type { ServiceLink } from "../../src/inventory/catalog.js";
import { completeInventory } from "../../src/inventory/complete-inventory.js";
import { roleKey } from "../../src/inventory/keys.js";
import { learnPrincipals } from "../../src/inventory/learn-principals.js";
import { buildCreationPolicy, trustOfService } from "../../src/inventory/merge-roles.js";
import type { Role } from "../../src/inventory/principal.js";
import { besideCatalog, CATALOG_ROLE, LINKED, PAGE } from "./small-inventory.js";

const { serviceName: _service, trustPolicy: _trust, ...UNTOLD } = CATALOG_ROLE;
const LINK: ServiceLink = {
  roleName: CATALOG_ROLE.name,
  purpose: "to reach Y",
  prerequisitesForDeletion: [],
  consequences: [],
  isCreationPolicyBuilt: true,
};

function exported(serviceName: string, accountId = "111", name = CATALOG_ROLE.name): Role {
  return { accountId, name, serviceName, sourceKey: `source:ACCOUNT_EXPORT:${accountId}` };
}

function learned(accounts: readonly Role[], page: Role = UNTOLD, link: ServiceLink = LINK) {
  const inventory = { ...besideCatalog(accounts), roles: [page, ...accounts], serviceLinks: [link] };
  const { roles, serviceLinks, findings } = learnPrincipals(inventory);
  return { role: roles[0], link: serviceLinks[0], findings };
}

describe("the principal of a role of the catalog", () => {
  test("that no page tells is the one that an account shows, and all that follows from it is known", () => {
    const { role, link, findings } = learned([exported("x.acme.aliyuncs.com")]);
    expect(role).toEqual({
      ...UNTOLD,
      serviceName: "x.acme.aliyuncs.com",
      trustPolicy: trustOfService("x.acme.aliyuncs.com"),
    });
    expect(link).toEqual({
      ...LINK,
      serviceName: "x.acme.aliyuncs.com",
      service: "acme",
      creationPolicy: buildCreationPolicy("x.acme.aliyuncs.com"),
    });
    expect(findings).toEqual([]);
  });

  test("keeps the product that its page is about", () => {
    const { link } = learned([exported("x.acme.aliyuncs.com")], UNTOLD, { ...LINK, service: "acmestore" });
    expect(link?.service).toBe("acmestore");
  });

  test("that a page tells otherwise than an account is the account's, and the page's is a finding", () => {
    const creationPolicy = buildCreationPolicy("x.aliyuncs.com");
    const page = { ...CATALOG_ROLE, sourceKey: PAGE };
    const printed = { ...LINK, serviceName: "x.aliyuncs.com", service: "x", creationPolicy };
    const { role, link, findings } = learned([exported("y.aliyuncs.com")], page, {
      ...printed,
      isCreationPolicyBuilt: false,
    });
    expect(role?.serviceName).toBe("y.aliyuncs.com");
    expect(link).toMatchObject({
      serviceName: "y.aliyuncs.com",
      service: "y",
      creationPolicy: buildCreationPolicy("y.aliyuncs.com"),
      isCreationPolicyBuilt: true,
    });
    expect(findings).toMatchObject([
      { code: "FACT_OVERRIDDEN", sourceKey: PAGE, subject: roleKey("catalog", CATALOG_ROLE.name) },
    ]);
    expect(findings[0]?.message).toContain(PAGE);
    expect(findings[0]?.message).toContain("source:ACCOUNT_EXPORT:111");
  });

  test.each([
    ["accounts contradict each other", [exported("x.aliyuncs.com"), exported("y.aliyuncs.com", "222")]],
    ["an account has a role of another name", [exported("x.aliyuncs.com", "111", "AliyunServiceRoleForXY")]],
    ["no account shows one", [{ accountId: "111", name: CATALOG_ROLE.name }]],
  ])("stays unknown where %s", (_name, accounts) => {
    const { role, link, findings } = learned(accounts);
    expect({ role, link, findings }).toEqual({ role: UNTOLD, link: LINK, findings: [] });
  });
});

describe("a role whose page gives no principal", () => {
  test("lends its document to the account's role of that name", () => {
    const account = exported("x.acme.aliyuncs.com");
    const { attachments } = completeInventory({ ...besideCatalog([account]), roles: [UNTOLD, account] });
    expect(attachments).toContainEqual({ policy: LINKED, principal: roleKey("111", CATALOG_ROLE.name) });
  });
});
