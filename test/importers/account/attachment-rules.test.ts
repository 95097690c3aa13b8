import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, type Files, readBatch, readRefusal } from "./export-folder.js";
import { attachments, codes, DOMAIN, gapSubjects, listed, PEOPLE } from "./responses.js";

describe("principals of attachments", () => {
  test.each([
    ["IMSUser", "alice@acme.onaliyun.com", "user:1000000000000001:alice"],
    ["IMSUser", "alice@ACME.onaliyun.com", "user:1000000000000001:alice"],
    ["IMSUser", `alice@${ACCOUNT}.onaliyun.com`, "user:1000000000000001:alice"],
    ["IMSUser", "ALICE", "user:1000000000000001:alice"],
    ["IMSGroup", "devs@group.acme.onaliyun.com", "group:1000000000000001:devs"],
    ["ServiceRole", "Backup@role.acme.onaliyunservice.com", "role:1000000000000001:backup"],
  ])("%s %s", async (PrincipalType, PrincipalName, principal) => {
    const batch = await readBatch({ ...PEOPLE, ...DOMAIN, ...attachments([{ PrincipalType, PrincipalName }]) });
    expect(batch.facts.attachments).toEqual([{ policy: "policy:CUSTOM:1000000000000001:p", principal }]);
    expect(batch.findings).toEqual([]);
  });

  test.each([
    ["IMSUser", "alice@other.onaliyun.com"],
    ["IMSUser", "devs@group.acme.onaliyun.com"],
    ["IMSUser", "carol@acme.onaliyun.com"],
    ["IMSGroup", "devs@acme.onaliyun.com"],
    ["ServiceRole", "Backup@role.acme.onaliyun.com"],
    ["Robot", "alice@acme.onaliyun.com"],
  ])("%s %s is nobody of this account: a finding and a gap, never a guess", async (PrincipalType, PrincipalName) => {
    const batch = await readBatch({ ...PEOPLE, ...DOMAIN, ...attachments([{ PrincipalType, PrincipalName }]) });
    expect(batch.facts.attachments.filter(({ resourceGroupId }) => resourceGroupId === undefined)).toEqual([]);
    expect(codes(batch)).toEqual(["UNKNOWN_PRINCIPAL"]);
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain(PrincipalName);
  });

  test.each([
    ["IMSUser", "alice@other.onaliyun.com", `user:${ACCOUNT}:alice`],
    ["IMSGroup", "devs@acme.onaliyun.com", `group:${ACCOUNT}:devs`],
    ["ServiceRole", "Backup@role.acme.onaliyun.com", `role:${ACCOUNT}:backup`],
  ])("%s %s may be whoever bears the name", async (PrincipalType, PrincipalName, principal) => {
    const { facts } = await readBatch({ ...PEOPLE, ...DOMAIN, ...attachments([{ PrincipalType, PrincipalName }]) });
    expect(facts.attachments).toMatchObject([{ principal, resourceGroupId: PrincipalName }]);
  });

  test("a domain of one's own leaves the alias of roles open", async () => {
    const domain = { "ims.GetDefaultDomain.json": { DefaultDomainName: "acme.example" } };
    const rows = [
      { PrincipalName: "alice@acme.example" },
      { PrincipalType: "ServiceRole", PrincipalName: "Backup@role.some.onaliyunservice.com" },
    ];
    const { facts } = await readBatch({ ...PEOPLE, ...domain, ...attachments(rows) });
    expect(facts.attachments).toHaveLength(2);
    expect(facts.account).toEqual({ id: ACCOUNT });
  });
});

describe("scopes of attachments", () => {
  const alice = { PrincipalName: "alice" };

  test.each([
    [ACCOUNT, {}],
    ["rg-acfmx", { resourceGroupId: "rg-acfmx" }],
  ])("%s", async (ResourceGroupId, scope) => {
    const { facts } = await readBatch({ ...PEOPLE, ...attachments([{ ...alice, ResourceGroupId }]) });
    const policy = `policy:CUSTOM:${ACCOUNT}:p`;
    expect(facts.attachments).toEqual([{ policy, principal: `user:${ACCOUNT}:alice`, ...scope }]);
  });

  test("one policy at two scopes is two attachments; the same twice is one", async () => {
    const rows = [alice, alice, { ...alice, ResourceGroupId: "rg-1" }];
    const { facts } = await readBatch({ ...PEOPLE, ...attachments(rows) });
    expect(facts.attachments.map(({ resourceGroupId }) => resourceGroupId)).toEqual([undefined, "rg-1"]);
  });

  test.each([
    ["fd-1", "fd-1"],
    [`rg-${"x".repeat(80)}`, `?rg-${"x".repeat(60)}`],
  ])("the unknown scope %s is kept, a finding and a gap", async (ResourceGroupId, resourceGroupId) => {
    const batch = await readBatch({ ...PEOPLE, ...attachments([{ ...alice, ResourceGroupId }]) });
    expect(batch.facts.attachments).toMatchObject([{ principal: `user:${ACCOUNT}:alice`, resourceGroupId }]);
    expect(codes(batch)).toEqual(["UNKNOWN_SCOPE"]);
    expect(gapSubjects(batch, "RESOURCE_GROUP_UNKNOWN")).toContain(resourceGroupId);
  });

  test("another account's id refuses the export", async () => {
    const refusal = await readRefusal({ ...PEOPLE, ...attachments([{ ...alice, ResourceGroupId: "2" }]) });
    expect(refusal.code).toBe("ACCOUNTS_MIXED");
  });
});

describe("lists without a scope", () => {
  const lists: Files = {
    "ram.ListPoliciesForUser.alice.json": listed("P"),
    "ram.ListPoliciesForGroup.devs.json": listed("Q"),
    "ram.ListPoliciesForRole.Backup.json": listed("R", "System"),
    "ram.ListEntitiesForPolicy.Custom.P.json": {
      Users: { User: [{ UserName: "bob" }] },
      Groups: { Group: [] },
      Roles: { Role: [{ RoleName: "Backup" }] },
    },
  };

  test("count at account scope where ListPolicyAttachments is missing", async () => {
    const batch = await readBatch({ ...PEOPLE, ...lists });
    expect(batch.facts.attachments.map(({ policy, principal }) => `${policy} ${principal}`)).toEqual([
      `policy:CUSTOM:${ACCOUNT}:p role:${ACCOUNT}:backup`,
      `policy:CUSTOM:${ACCOUNT}:p user:${ACCOUNT}:alice`,
      `policy:CUSTOM:${ACCOUNT}:p user:${ACCOUNT}:bob`,
      `policy:CUSTOM:${ACCOUNT}:q group:${ACCOUNT}:devs`,
      `policy:SYSTEM::r role:${ACCOUNT}:backup`,
    ]);
    expect(codes(batch)).toEqual(["SCOPE_ASSUMED"]);
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain("ram.ListPoliciesForUser.bob");
  });

  test("do not count beside it, but for the policies of service-linked roles", async () => {
    const slr = "AliyunServiceRoleForX";
    const batch = await readBatch({
      ...PEOPLE,
      ...lists,
      "resourcemanager.ListRoles.json": { TotalCount: 1, Roles: { Role: [{ RoleName: slr }] } },
      [`ram.ListPoliciesForRole.${slr}.json`]: listed("AliyunServiceRolePolicyForX", "System"),
      ...attachments([{ PrincipalName: "alice@a.onaliyun.com", ResourceGroupId: "rg-1" }], { TotalCount: "1" }),
    });
    expect(batch.facts.attachments).toEqual([
      { policy: `policy:CUSTOM:${ACCOUNT}:p`, principal: `user:${ACCOUNT}:alice`, resourceGroupId: "rg-1" },
      {
        policy: "policy:SERVICE_LINKED::aliyunservicerolepolicyforx",
        principal: `role:${ACCOUNT}:aliyunserviceroleforx`,
      },
    ]);
    expect(codes(batch).filter((code) => code === "ATTACHMENTS_DISAGREE")).toHaveLength(4);
  });

  test.each([
    ["cut", attachments([], { TotalCount: 7 }), "LIST_CUT"],
    [
      "an error",
      { "resourcemanager.ListPolicyAttachments.json": { Code: "NoPermission", Message: "no" } },
      "ERROR_RESPONSE",
    ],
  ])("count where ListPolicyAttachments is %s", async (_name, files, code) => {
    const batch = await readBatch({ ...PEOPLE, ...lists, ...files });
    expect(batch.facts.attachments).toHaveLength(5);
    expect(codes(batch)).toEqual([code, "SCOPE_ASSUMED"]);
  });
});
