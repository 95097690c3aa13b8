import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, readBatch, readFiles, readRefusal } from "./export-folder.js";
import { attachments, codes, DOCUMENT, GROUPS, gapSubjects, listed, PEOPLE } from "./responses.js";

describe("policies", () => {
  const policy = { PolicyName: "P", PolicyType: "Custom", DefaultVersion: "v2" };
  const version = (VersionId: string, PolicyDocument = DOCUMENT, IsDefaultVersion = false) => ({
    PolicyVersion: { VersionId, PolicyDocument, IsDefaultVersion },
  });

  test.each([["ram.GetPolicyVersion.Custom.P.v2.json"], ["ram.GetPolicyVersion.P.json"]])(
    "%s brings the document of a policy that a list names",
    async (file) => {
      const batch = await readBatch({
        "ram.ListPolicies.json": { Policies: { Policy: [policy] } },
        [file]: version("v2"),
      });
      expect(batch.facts.policies[0]?.versions).toEqual([{ versionId: "v2", isDefault: true, documentText: DOCUMENT }]);
      expect(gapSubjects(batch, "POLICY_DOCUMENT_MISSING")).toEqual([]);
    },
  );

  test("a version of two policies of one name belongs to neither", async () => {
    const both = [policy, { ...policy, PolicyType: "System" }];
    const batch = await readBatch({
      "ram.ListPolicies.json": { Policies: { Policy: both } },
      "ram.GetPolicyVersion.P.json": version("v2"),
    });
    expect(codes(batch)).toEqual(["UNKNOWN_POLICY"]);
  });

  test("two users whose names differ in letter case alone are not taken for one", async () => {
    const users = (...User: readonly object[]) => ({ "ram.ListUsers.json": { Users: { User } } });
    const [bob, other] = [
      { UserName: "bob", UserId: "1" },
      { UserName: "Bob", UserId: "2" },
    ];
    expect(await readRefusal(users(bob, other))).toMatchObject({
      code: "EXPORT_CONTRADICTS_ITSELF",
      message: expect.stringContaining("user `Bob` has another id than `bob`"),
    });
    const { facts } = await readBatch(users(bob, { ...other, UserId: "1" }, { UserName: "BOB" }));
    expect(facts.users).toMatchObject([{ name: "bob", userId: "1" }]);
  });

  test("two documents of one version refuse the export", async () => {
    const refusal = await readRefusal({
      "ram.GetPolicyVersion.Custom.P.1.json": version("v2"),
      "ram.GetPolicyVersion.Custom.P.2.json": version("v2", "{}"),
    });
    expect(refusal).toMatchObject({ code: "EXPORT_CONTRADICTS_ITSELF", file: "ram.GetPolicyVersion.Custom.P.2.json" });
  });

  test("two default versions refuse the export", async () => {
    const refusal = await readRefusal({
      "ram.GetPolicyVersion.Custom.P.1.json": version("v1", DOCUMENT, true),
      "ram.GetPolicyVersion.Custom.P.2.json": version("v2", DOCUMENT, true),
    });
    expect(refusal.code).toBe("EXPORT_CONTRADICTS_ITSELF");
  });

  test("an attached policy that no list names is stored without a document", async () => {
    const row = { PrincipalName: "alice", PolicyName: "AliyunECSFullAccess", PolicyType: "System" };
    const batch = await readBatch({ ...PEOPLE, ...attachments([row]) });
    expect(batch.facts.policies).toEqual([
      { type: "SYSTEM", name: "AliyunECSFullAccess", isHighRisk: false, versions: [] },
    ]);
    expect(gapSubjects(batch, "POLICY_DOCUMENT_MISSING")).toEqual(["AliyunECSFullAccess"]);
  });

  test("system policies that nobody bears and that have no document are left out", async () => {
    const { facts } = await readBatch({ "ram.ListPolicies.json": listed("ReadOnlyAccess", "System") });
    expect(facts.policies).toEqual([]);
  });

  test("an unknown type is a finding", async () => {
    const batch = await readBatch({ "ram.ListPolicies.json": listed("P", "Magic") });
    expect(codes(batch)).toEqual(["UNKNOWN_POLICY_TYPE"]);
  });
});

describe("roles", () => {
  const trust = (Principal: object) =>
    JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }] });
  const getRole = (RoleName: string, AssumeRolePolicyDocument: string, more: object = {}) => ({
    Role: { RoleName, AssumeRolePolicyDocument, ...more },
  });

  test.each([
    ["by Resource Management", "Odd", { IsServiceLinkedRole: true }, "x.aliyuncs.com"],
    ["by name, where nobody tells", "AliyunServiceRoleForX", {}, "x.aliyuncs.com"],
    ["not by name, where told otherwise", "AliyunServiceRoleForX", { IsServiceLinkedRole: false }, undefined],
    ["not an ordinary role that trusts a service", "EcsRole", {}, undefined],
  ])("service-linked %s", async (_name, name, more, serviceName) => {
    const { facts } = await readBatch({
      "resourcemanager.GetRole.json": getRole(name, trust({ Service: ["x.aliyuncs.com"] }), more),
    });
    expect(facts.roles[0]?.serviceName).toBe(serviceName);
  });

  test.each([
    ["two services", { Service: ["x.aliyuncs.com", "y.aliyuncs.com"] }],
    ["an account", { RAM: `acs:ram::${ACCOUNT}:root` }],
  ])("a service-linked role that trusts %s is a finding", async (_name, principal) => {
    const batch = await readBatch({ "ram.GetRole.json": getRole("AliyunServiceRoleForX", trust(principal)) });
    expect(batch.facts.roles[0]).not.toHaveProperty("serviceName");
    expect(codes(batch)).toEqual(["SERVICE_PRINCIPAL_UNKNOWN"]);
  });

  test("a role known only by name and in two letter cases is one role, its trust a gap", async () => {
    const batch = await readBatch({
      "ram.ListRoles.json": { Roles: { Role: [{ RoleName: "Backup", Arn: `acs:ram::${ACCOUNT}:role/backup` }] } },
      "resourcemanager.ListRoles.json": { Roles: { Role: [{ RoleName: "backup" }] } },
    });
    expect(batch.facts.roles).toEqual([{ accountId: ACCOUNT, name: "Backup" }]);
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain("ram.GetRole.Backup");
  });

  test("another account's role refuses the export", async () => {
    const refusal = await readRefusal({ "ram.GetRole.json": getRole("R", trust({}), { Arn: "acs:ram::2:role/R" }) });
    expect(refusal).toMatchObject({ code: "ACCOUNTS_MIXED", pointer: "/Role" });
  });

  test("two trust policies refuse the export", async () => {
    const refusal = await readRefusal({
      "ram.GetRole.a.json": getRole("R", trust({})),
      "ram.GetRole.b.json": getRole("R", trust({ Service: "x.aliyuncs.com" })),
    });
    expect(refusal.code).toBe("EXPORT_CONTRADICTS_ITSELF");
  });
});

describe("what is missing or odd", () => {
  test.each([
    ["sts.GetCallerIdentity.2.json", { AccountId: "12****" }, "ACCOUNT_ID_MALFORMED"],
    ["sts.GetCallerIdentity.2.json", { AccountId: 1000000000000001 }, "UNEXPECTED_TYPE"],
    ["ram.ListUsersForGroup.json", {}, "ARGUMENT_MISSING"],
    ["ram.ListEntitiesForPolicy.Custom.json", {}, "ARGUMENT_MISSING"],
  ])("%s %j is refused", async (file, response, code) => {
    expect(await readRefusal({ [file]: response })).toMatchObject({ code, file });
  });

  test("two accounts in one folder are refused", async () => {
    expect(await readRefusal({ "sts.GetCallerIdentity.2.json": { AccountId: "2" } })).toMatchObject({
      code: "ACCOUNTS_MIXED",
    });
  });

  test("an error in place of the caller leaves the account unknown", async () => {
    const reading = await readFiles({ "sts.GetCallerIdentity.json": { Code: "InvalidAccessKeyId", Message: "no" } });
    expect(reading).toMatchObject({ refusal: { code: "CALLER_MISSING" } });
  });

  test.each([
    ["notes.txt", "UNKNOWN_FILE", "ACCOUNT_NOT_IMPORTED"],
    ["ram.ListEverything.json", "UNKNOWN_FILE", "ACCOUNT_NOT_IMPORTED"],
  ])("%s is the finding %s and a gap", async (file, code, reason) => {
    const batch = await readBatch({ [file]: {} });
    expect(codes(batch)).toEqual([code]);
    expect(gapSubjects(batch, reason)).toContain(file.replace(".json", ""));
  });

  test("a name in another letter case is not taken, but known", async () => {
    const { findings } = await readBatch({ "RAM.listusers.json": {} });
    expect(findings).toMatchObject([{ code: "UNKNOWN_FILE", suggestion: "ram.ListUsers" }]);
  });

  test.each([
    [
      "the last page says that more follow",
      { "ram.ListUsers.1.json": { IsTruncated: true, Users: { User: [] } } },
      ["LIST_CUT"],
    ],
    [
      "a page of two is missing",
      { "ram.ListUsers.json": { TotalCount: 2, Users: { User: [{ UserName: "a" }] } } },
      ["LIST_CUT"],
    ],
    [
      "one list of two is cut",
      {
        "ram.ListPolicies.System.1.json": { IsTruncated: true, ...listed("A", "System") },
        "ram.ListPolicies.Custom.1.json": { IsTruncated: false, ...listed("B") },
      },
      ["LIST_CUT"],
    ],
    [
      "all pages are there, in any order",
      {
        "ram.ListUsers.10.json": { IsTruncated: true, Users: { User: [] } },
        "ram.ListUsers.9.json": { IsTruncated: false, Users: { User: [] } },
      },
      [],
    ],
    [
      "the groups' own numbers are no page numbers",
      {
        ...GROUPS,
        "ram.ListUsersForGroup.devs1.json": { IsTruncated: true, Users: { User: [] } },
        "ram.ListUsersForGroup.devs2.json": { IsTruncated: false, Users: { User: [] } },
      },
      ["LIST_CUT"],
    ],
    [
      "the regions' own numbers are no page numbers",
      {
        "tag.ListTagResources.ap-southeast-1.1.json": { NextToken: "t", TagResources: [] },
        "tag.ListTagResources.ap-southeast-2.1.json": { TagResources: [] },
      },
      ["LIST_CUT"],
    ],
    [
      "pages may be numbered in words",
      {
        "ram.ListUsers.page1.json": { IsTruncated: true, Users: { User: [] } },
        "ram.ListUsers.page2.json": { IsTruncated: false, Users: { User: [] } },
      },
      [],
    ],
  ])("%s", async (_name, files, expected) => {
    expect(codes(await readBatch(files))).toEqual(expected);
  });

  test.each([
    ["ram.ListUsersForGroup.devs.json", "carol", "UNKNOWN_USER"],
    ["ram.ListUsersForGroup.ops.json", "alice", "UNKNOWN_GROUP"],
  ])("%s with member %s is the finding %s", async (file, UserName, code) => {
    const batch = await readBatch({ ...PEOPLE, [file]: { Users: { User: [{ UserName }] } } });
    expect(codes(batch)).toEqual([code]);
    expect(batch.facts.memberships).toEqual([]);
  });

  test("an export of nothing but the caller says all that it lacks", async () => {
    const batch = await readBatch({});
    expect(batch.gaps.map(({ reason, subject }) => `${reason} ${subject}`)).toEqual([
      "ACCOUNT_NOT_IMPORTED ram.ListGroups",
      "ACCOUNT_NOT_IMPORTED ram.ListPolicies",
      "ACCOUNT_NOT_IMPORTED ram.ListRoles or resourcemanager.ListRoles",
      "ACCOUNT_NOT_IMPORTED ram.ListUsers",
      "ACCOUNT_NOT_IMPORTED resourcemanager.ListPolicyAttachments",
      `CONTROL_POLICIES_NOT_IMPORTED ${ACCOUNT}`,
      `RESOURCE_GROUP_UNKNOWN ${ACCOUNT}`,
      `RESOURCE_POLICIES_NOT_IMPORTED ${ACCOUNT}`,
    ]);
  });

  test("a service-linked role without a policy is a gap, not a role that may do nothing", async () => {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "1",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "x.aliyuncs.com" } }],
    });
    const role = { Role: { RoleName: "AliyunServiceRoleForX", AssumeRolePolicyDocument } };
    const batch = await readBatch({ "ram.GetRole.json": role, ...attachments([]) });
    expect(gapSubjects(batch, "POLICY_DOCUMENT_MISSING")).toEqual(["AliyunServiceRoleForX"]);
  });
});
