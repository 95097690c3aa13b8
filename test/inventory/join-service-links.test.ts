import { describe, expect, test } from "@jest/globals";
import { completeInventory } from "../../src/inventory/complete-inventory.js";
import { joinServiceLinks } from "../../src/inventory/join-service-links.js";
import { policyKey, roleKey } from "../../src/inventory/keys.js";
import type { Role } from "../../src/inventory/principal.js";
import { besideCatalog, CATALOG_ROLE, EMPTY, LINKED, linkedPolicy, PAGE } from "./small-inventory.js";

const TRUST = '{"Version":"1","Statement":[]}';
const BARE = "AliyunServiceRolePolicyForX";
const BARE_KEY = policyKey("SERVICE_LINKED", undefined, BARE);

function role(more: Partial<Role> = {}): Role {
  return { accountId: "111", name: CATALOG_ROLE.name, serviceName: "x.aliyuncs.com", trustPolicy: TRUST, ...more };
}

describe("a service-linked role of an account", () => {
  test("that bears no policy has the catalog's", () => {
    const { attachments } = joinServiceLinks(besideCatalog([role()]));
    expect(attachments).toContainEqual({ policy: LINKED, principal: roleKey("111", CATALOG_ROLE.name) });
    expect(attachments).toHaveLength(2);
  });

  test("that bears a policy of another name without a document: that policy takes the catalog's document", () => {
    const principal = roleKey("111", CATALOG_ROLE.name);
    const inventory = besideCatalog([role()], {
      policies: [linkedPolicy(BARE)],
      attachments: [{ policy: BARE_KEY, principal }],
    });
    const { policies, attachments } = joinServiceLinks(inventory);
    expect(attachments).toEqual(inventory.attachments);
    expect(policies).toEqual([
      linkedPolicy("AliyunServiceRoleForX", "{}"),
      { ...linkedPolicy(BARE, "{}"), sourceKey: PAGE },
    ]);
  });

  test("whose own document was exported keeps it", () => {
    const principal = roleKey("111", CATALOG_ROLE.name);
    const inventory = besideCatalog([role()], {
      policies: [linkedPolicy(BARE, '{"Version":"1"}')],
      attachments: [{ policy: BARE_KEY, principal }],
    });
    expect(joinServiceLinks(inventory)).toEqual({
      policies: inventory.policies,
      attachments: inventory.attachments,
      contradicted: [expect.objectContaining({ code: "FACT_OVERRIDDEN", sourceKey: PAGE, subject: LINKED })],
    });
  });

  test("gains nothing where the catalog names the policy and prints no document", () => {
    const inventory = besideCatalog([role()]);
    const silent = { ...inventory, policies: [linkedPolicy("AliyunServiceRoleForX")] };
    expect(joinServiceLinks(silent).attachments).toEqual(silent.attachments);
  });
});

describe("the catalog's role is the account's", () => {
  const { serviceName: _service, trustPolicy: _trust, ...untold } = role();
  const { serviceName: _unknown, ...distrusted } = role();

  test.each<[string, Role, boolean]>([
    ["by its service", role(), true],
    ["in another letter case", role({ name: "aliyunserviceroleforx" }), true],
    ["with a suffix", role({ name: "AliyunServiceRoleForX_blue" }), true],
    ["by its name, where the trust policy was not exported", untold, true],
    ["not where it trusts another service", role({ serviceName: "y.aliyuncs.com" }), false],
    ["not where it trusts no service alone", distrusted, false],
    ["not under another name", role({ name: "AliyunServiceRoleForXY" }), false],
    ["not by a name that nobody reserves", { ...untold, name: "X" }, false],
  ])("%s", (_name, one, isJoined) => {
    const inventory = besideCatalog([one]);
    const { attachments } = joinServiceLinks(inventory);
    expect(attachments.some(({ principal }) => principal === roleKey("111", one.name))).toBe(isJoined);
  });
});

describe("laws", () => {
  const inventory = besideCatalog([role(), role({ accountId: "333" }), role({ accountId: "222" })], {
    attachments: [
      { policy: LINKED, principal: roleKey("111", "A") },
      { policy: LINKED, principal: roleKey("999", "B"), resourceGroupId: "rg-1" },
      { policy: policyKey("SYSTEM", undefined, "S"), principal: roleKey("000", "C") },
    ].sort((a, b) => (a.policy < b.policy ? -1 : a.policy > b.policy ? 1 : a.principal < b.principal ? -1 : 1)),
  });

  test("order-is-kept: attachments stay in the order of their keys", () => {
    const keys = (list: typeof inventory.attachments) => list.map(({ policy, principal }) => `${policy}\0${principal}`);
    const sorted = {
      ...inventory,
      attachments: [...inventory.attachments].sort((a, b) => (keys([a]) < keys([b]) ? -1 : 1)),
    };
    const joined = keys(joinServiceLinks(sorted).attachments);
    expect(joined).toEqual([...joined].sort());
    expect(joined).toHaveLength(7);
  });

  test("twice-is-once", () => {
    const once = completeInventory(inventory);
    expect(completeInventory(once)).toEqual(once);
  });

  test("nothing-from-nothing", () => {
    expect(completeInventory(EMPTY)).toEqual(EMPTY);
  });
});
