import { describe, expect, test } from "@jest/globals";
import { completeInventory } from "../../src/inventory/complete-inventory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import type { Policy } from "../../src/inventory/policy.js";
import type { Gap, GapReason } from "../../src/inventory/source.js";
import { besideCatalog, EMPTY, linkedPolicy } from "./small-inventory.js";

function gap(reason: GapReason, subject: string, accountId?: string): Gap {
  return { reason, subject, detail: "it is missing", ...(accountId === undefined ? {} : { accountId }) };
}

function left(inventory: Partial<Inventory>, ...gaps: readonly Gap[]): readonly string[] {
  return completeInventory({ ...EMPTY, ...inventory, gaps }).gaps.map(({ subject }) => subject);
}

const policy = (type: Policy["type"], name: string, documentText?: string): Policy => ({
  ...linkedPolicy(name, documentText),
  type,
  ...(type === "CUSTOM" || type === "CONTROL" ? { accountId: "111" } : {}),
});

describe("control policies", () => {
  const DIRECTORY: Partial<Inventory> = {
    directories: [{ id: "rd-1", managementAccountId: "999", rootFolderId: "r-1", isControlPolicyEnabled: true }],
    folders: [{ directoryId: "rd-1", id: "r-1", name: "Root" }],
    members: [{ directoryId: "rd-1", accountId: "111", folderId: "r-1" }],
  };
  const REASON = "CONTROL_POLICIES_NOT_IMPORTED";

  test.each([
    ["a member's own gap is filled", gap(REASON, "111", "111"), DIRECTORY, []],
    ["the management account's as well", gap(REASON, "999", "999"), DIRECTORY, []],
    ["not without the directory", gap(REASON, "111", "111"), {}, ["111"]],
    ["not of an account that is no member", gap(REASON, "222", "222"), DIRECTORY, ["222"]],
    ["not of a level of the directory", gap(REASON, "r-1"), DIRECTORY, ["r-1"]],
    ["not of a member as a level", gap(REASON, "111"), DIRECTORY, ["111"]],
    ["nor of another kind", gap("ACCOUNT_NOT_IMPORTED", "111", "111"), DIRECTORY, ["111"]],
  ] as const)("%s", (_name, one, inventory, expected) => {
    expect(left(inventory, one)).toEqual(expected);
  });
});

describe("documents", () => {
  const missing = gap("POLICY_DOCUMENT_MISSING", "P", "111");

  test.each<[string, readonly Policy[], readonly string[]]>([
    ["that another source brings are there", [policy("SYSTEM", "P", "{}")], []],
    ["in another letter case", [policy("SYSTEM", "p", "{}")], []],
    ["that nobody brings are missing", [policy("SYSTEM", "P")], ["P"]],
    ["of a policy that nobody states are missing", [], ["P"]],
    [
      "of the account's own policy are not the system policy's",
      [policy("SYSTEM", "P", "{}"), policy("CUSTOM", "P")],
      ["P"],
    ],
  ])("%s", (_name, policies, expected) => {
    expect(left({ policies }, missing)).toEqual(expected);
  });

  test("an empty default version is no document", () => {
    const versions = [
      { versionId: "v1", isDefault: false, documentText: "{}" },
      { versionId: "v2", isDefault: true },
    ];
    expect(left({ policies: [{ ...policy("SYSTEM", "P"), versions }] }, missing)).toEqual(["P"]);
  });

  test.each([
    ["of a service-linked role that the catalog describes is there", "x.aliyuncs.com", []],
    ["of another service's role is missing", "y.aliyuncs.com", ["AliyunServiceRoleForX"]],
  ])("the policy %s", (_name, serviceName, expected) => {
    const role = { accountId: "111", name: "AliyunServiceRoleForX", serviceName };
    const lacking = gap("POLICY_DOCUMENT_MISSING", role.name, "111");
    expect(left(besideCatalog([role]), lacking)).toEqual(expected);
  });
});
