import { describe, expect, test } from "@jest/globals";
import type { AccountBatch } from "../../../src/inventory/batch.js";
import { ACCOUNT, type Files, readBatch, readFiles, readRefusal } from "./export-folder.js";

const USERS: Files = { "ram.ListUsers.json": { Users: { User: [{ UserName: "alice" }, { UserName: "bob" }] } } };
const GROUPS: Files = { "ram.ListGroups.json": { Groups: { Group: [{ GroupName: "devs" }] } } };
const ROLES: Files = { "ram.ListRoles.json": { Roles: { Role: [{ RoleName: "Backup" }] } } };
const PEOPLE: Files = { ...USERS, ...GROUPS, ...ROLES };
const DOMAIN: Files = { "ims.GetDefaultDomain.json": { DefaultDomainName: "acme.onaliyun.com" } };
const DOCUMENT = '{"Version":"1","Statement":[]}';

function attachments(rows: readonly object[], more: object = {}): Files {
  const defaults = { PolicyName: "P", PolicyType: "Custom", PrincipalType: "IMSUser", ResourceGroupId: ACCOUNT };
  const PolicyAttachment = rows.map((row) => ({ ...defaults, ...row }));
  return { "resourcemanager.ListPolicyAttachments.json": { ...more, PolicyAttachments: { PolicyAttachment } } };
}

function listed(PolicyName: string, PolicyType = "Custom"): object {
  return { Policies: { Policy: [{ PolicyName, PolicyType, DefaultVersion: "v1" }] } };
}

function codes({ findings }: AccountBatch): readonly string[] {
  return findings.map(({ code }) => code);
}

function gapSubjects({ gaps }: AccountBatch, reason: string): readonly string[] {
  return gaps.filter((gap) => gap.reason === reason).map(({ subject }) => subject);
}

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
    expect(batch.facts.attachments).toEqual([]);
    expect(codes(batch)).toEqual(["UNKNOWN_PRINCIPAL"]);
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain(PrincipalName);
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

  test("an unknown scope is a finding and a gap", async () => {
    const batch = await readBatch({ ...PEOPLE, ...attachments([{ ...alice, ResourceGroupId: "fd-1" }]) });
    expect(batch.facts.attachments).toEqual([]);
    expect(codes(batch)).toEqual(["UNKNOWN_SCOPE"]);
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
    ["tag.ListTagResources.json", "NOT_YET_READ", "ACCOUNT_NOT_IMPORTED"],
    ["oss.GetBucketPolicy.photos.json", "NOT_YET_READ", "RESOURCE_POLICIES_NOT_IMPORTED"],
    ["resourcemanager.GetControlPolicy.x.json", "NOT_YET_READ", "CONTROL_POLICIES_NOT_IMPORTED"],
    ["resourcemanager.ListResources.json", "NOT_YET_READ", "RESOURCE_GROUP_UNKNOWN"],
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
