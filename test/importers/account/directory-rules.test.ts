import { describe, expect, test } from "@jest/globals";
import { NO_DIRECTORY } from "../../../src/inventory/directory.js";
import {
  controlPolicy,
  DIRECTORY,
  directory,
  folders,
  hung,
  MEMBER,
  members,
  ROOT,
  SMALL,
} from "./directory-responses.js";
import { ACCOUNT, type Files, readBatch, readRefusal } from "./export-folder.js";
import { codes, DOCUMENT, gapSubjects } from "./responses.js";

const CONTROL = "CONTROL_POLICIES_NOT_IMPORTED";

describe("whose directory it is", () => {
  test("a whole one of the account's own leaves no gap", async () => {
    const batch = await readBatch(SMALL);
    expect(batch.facts.members).toEqual([{ directoryId: DIRECTORY, accountId: MEMBER, folderId: "fd-a" }]);
    expect(gapSubjects(batch, CONTROL)).toEqual([]);
    expect(batch.findings).toEqual([]);
  });

  test.each([
    ["nobody tells", {}, "are not imported"],
    [
      "access is refused",
      { "resourcemanager.GetResourceDirectory.json": { Code: "NoPermission", Message: "no" } },
      "are not imported",
    ],
    ["another account manages it", directory({ MasterAccountId: "7" }), "come with the export of account `7`"],
  ])("%s: a gap of the account", async (_name, files, words) => {
    const batch = await readBatch(files);
    expect(batch.facts).toMatchObject(NO_DIRECTORY);
    const gap = batch.gaps.find(({ reason, subject }) => reason === CONTROL && subject === ACCOUNT);
    expect(gap).toMatchObject({ accountId: ACCOUNT, detail: expect.stringContaining(words) });
  });

  test("an account that is in none has no gap", async () => {
    const none = { Code: "ResourceDirectoryNotInUse", Message: "not a member account" };
    const batch = await readBatch({ "resourcemanager.GetResourceDirectory.json": none });
    expect(gapSubjects(batch, CONTROL)).toEqual([]);
    expect(batch.findings).toEqual([]);
  });

  test.each([
    ["another account's", directory({ MasterAccountId: "7" })],
    ["nobody's", { "resourcemanager.GetResourceDirectory.json": { Code: "NoPermission", Message: "no" } }],
  ])("facts about %s directory are left out, with one finding", async (_name, files) => {
    const batch = await readBatch({ ...SMALL, ...files, ...controlPolicy("P", "cp-1", { PolicyDocument: DOCUMENT }) });
    expect(batch.facts).toMatchObject({ ...NO_DIRECTORY, policies: [] });
    expect(codes(batch).filter((code) => code === "DIRECTORY_LEFT_OUT")).toHaveLength(1);
  });

  test.each([
    ["Enabled", true, []],
    ["Disabled", false, []],
    ["PendingDisable", true, ["CONTROL_POLICY_STATUS_UNCLEAR"]],
    ["PendingEnable", false, ["CONTROL_POLICY_STATUS_UNCLEAR"]],
    ["Magic", false, ["CONTROL_POLICY_STATUS_UNCLEAR"]],
    [undefined, false, ["CONTROL_POLICY_STATUS_UNCLEAR"]],
  ])("the status %s", async (ControlPolicyStatus, isControlPolicyEnabled, findings) => {
    const batch = await readBatch({ ...SMALL, ...directory({ ControlPolicyStatus }) });
    expect(batch.facts.directories).toMatchObject([{ isControlPolicyEnabled }]);
    expect(codes(batch)).toEqual(findings);
    expect(gapSubjects(batch, CONTROL)).toEqual(findings.length === 0 ? [] : [DIRECTORY]);
  });
});

describe("what is missing of a directory", () => {
  const without = (file: string): Files =>
    Object.fromEntries(Object.entries(SMALL).filter(([name]) => name !== `resourcemanager.${file}.json`));

  test.each([
    ["ListFoldersForParent.fd-a", "resourcemanager.ListFoldersForParent.fd-a"],
    ["ListAccountsForParent.r-1", "resourcemanager.ListAccountsForParent.r-1"],
    ["ListControlPolicyAttachmentsForTarget.r-1", ROOT],
    ["ListControlPolicyAttachmentsForTarget.fd-a", "fd-a"],
    [`ListControlPolicyAttachmentsForTarget.${MEMBER}`, MEMBER],
  ])("%s: a gap that concerns every member", async (file, subject) => {
    const { gaps } = await readBatch(without(file));
    expect(gaps.filter(({ reason }) => reason === CONTROL)).toEqual([
      { reason: CONTROL, subject, detail: expect.stringContaining(`\`resourcemanager.${file}\` is not in the export`) },
    ]);
  });

  test("nothing, where control policies are switched off", async () => {
    const batch = await readBatch(directory({ ControlPolicyStatus: "Disabled" }));
    expect(gapSubjects(batch, CONTROL)).toEqual([]);
  });

  test("the document of a control policy, where the policy hangs somewhere", async () => {
    const files = {
      ...SMALL,
      ...controlPolicy("Loose", "cp-1"),
      ...hung("fd-a", { PolicyId: "cp-2", PolicyName: "Hung" }),
    };
    const batch = await readBatch(files);
    expect(gapSubjects(batch, "POLICY_DOCUMENT_MISSING")).toEqual(["Hung"]);
    expect(batch.facts.policies.map(({ name }) => name)).toEqual(["Hung", "Loose"]);
  });
});

describe("the tree", () => {
  test.each([
    ["a folder that hangs in the air", folders("fd-gone", "fd-b"), "fd-b"],
    ["folders in a circle", { ...folders("fd-b", "fd-c"), ...folders("fd-c", "fd-b") }, "fd-b"],
    ["the root below a folder", folders("fd-b", ROOT), ROOT],
    ["a member of a folder that hangs in the air", members("fd-gone", "3"), "3"],
  ])("%s is a finding and a gap", async (_name, files, subject) => {
    const batch = await readBatch({ ...SMALL, ...files });
    expect(batch.facts.folders.map(({ id }) => id)).toEqual(["fd-a", ROOT]);
    expect(batch.facts.members).toHaveLength(1);
    expect(new Set(codes(batch))).toEqual(new Set(["UNKNOWN_FOLDER"]));
    expect(gapSubjects(batch, CONTROL)).toContain(subject);
  });

  test.each([
    [
      "a folder under two parents",
      { ...folders(ROOT, "fd-a", "fd-b"), ...folders("fd-a", "fd-b") },
      "EXPORT_CONTRADICTS_ITSELF",
    ],
    ["a member in two folders", members(ROOT, MEMBER), "EXPORT_CONTRADICTS_ITSELF"],
    ["a list under the wrong name", members(ROOT, { AccountId: "3", FolderId: "fd-a" }), "EXPORT_CONTRADICTS_ITSELF"],
    [
      "two directories",
      { "resourcemanager.GetResourceDirectory.2.json": Object.values(directory({ RootFolderId: "r-2" }))[0] },
      "EXPORT_CONTRADICTS_ITSELF",
    ],
    [
      "a member of another directory",
      members(ROOT, { AccountId: "3", ResourceDirectoryId: "rd-2" }),
      "DIRECTORIES_MIXED",
    ],
    ["a member without a number", members(ROOT, "17****"), "ACCOUNT_ID_MALFORMED"],
    ["an id of 65 characters", folders(ROOT, "f".repeat(65)), "TOO_LONG"],
    [
      "a list without its parent",
      { "resourcemanager.ListFoldersForParent.json": { Folders: { Folder: [] } } },
      "ARGUMENT_MISSING",
    ],
  ])("%s refuses the export", async (_name, files, code) => {
    expect(await readRefusal({ ...SMALL, ...files })).toMatchObject({ code });
  });

  test("the management account is no member, wherever it is listed", async () => {
    const { facts, findings } = await readBatch({ ...SMALL, ...members(ROOT, ACCOUNT) });
    expect(facts.members).toHaveLength(1);
    expect(findings).toEqual([]);
  });

  test("a chain of 5,000 folders is read", async () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      folders(index === 0 ? ROOT : `fd-${index}`, `fd-${index + 1}`),
    );
    const lines = chain.map((files) => Object.entries(files)[0]).filter((entry) => entry !== undefined);
    const { facts } = await readBatch({
      ...directory({ ControlPolicyStatus: "Disabled" }),
      ...Object.fromEntries(lines),
    });
    expect(facts.folders).toHaveLength(5001);
  });
});

describe("control policies", () => {
  const P = { PolicyId: "cp-1", PolicyName: "P" };

  test("keep their document byte for byte, and belong to the management account", async () => {
    const PolicyDocument = '{ "Version":"1",\r\n"Statement":[{"Effect":"Deny","Effect":"Allow"}] }';
    const { facts } = await readBatch({
      ...SMALL,
      ...controlPolicy("P", "cp-1", { PolicyDocument }),
      ...hung("fd-a", P),
    });
    expect(facts.policies).toEqual([
      {
        type: "CONTROL",
        accountId: ACCOUNT,
        name: "P",
        isHighRisk: false,
        versions: [{ versionId: "v1", isDefault: true, documentText: PolicyDocument }],
      },
    ]);
    expect(facts.controlAttachments).toEqual([
      { directoryId: DIRECTORY, policy: `policy:CONTROL:${ACCOUNT}:p`, target: "fd-a", effectScope: "RAM" },
    ]);
  });

  test.each([
    ["the attachment's", { ...P, EffectScope: "All" }, {}, "ALL", []],
    ["the policy's, where the attachment does not tell", P, { EffectScope: "All" }, "ALL", []],
    ["RAM, where nobody tells", P, { EffectScope: undefined }, "RAM", []],
    ["RAM for an unknown word, with a finding", { ...P, EffectScope: "Some" }, {}, "RAM", ["UNKNOWN_EFFECT_SCOPE"]],
  ])("are in effect for %s scope", async (_name, row, more, effectScope, findings) => {
    const policy = controlPolicy("P", "cp-1", { PolicyDocument: DOCUMENT, ...more });
    const batch = await readBatch({ ...SMALL, ...policy, ...hung("fd-a", row) });
    expect(batch.facts.controlAttachments).toMatchObject([{ effectScope }]);
    expect(codes(batch)).toEqual(findings);
  });

  test("that bear one name are told apart by their ids", async () => {
    const { facts } = await readBatch({ ...SMALL, ...hung("fd-a", P, { PolicyId: "cp-2", PolicyName: "p" }) });
    expect(facts.policies.map(({ name }) => name)).toEqual(["P (cp-1)", "p (cp-2)"]);
    expect(facts.controlAttachments.map(({ policy }) => policy)).toEqual([
      `policy:CONTROL:${ACCOUNT}:p (cp-1)`,
      `policy:CONTROL:${ACCOUNT}:p (cp-2)`,
    ]);
  });

  test("never run into the account's own policies of the same name", async () => {
    const custom = { "ram.ListPolicies.json": { Policies: { Policy: [{ PolicyName: "P", PolicyType: "Custom" }] } } };
    const { facts } = await readBatch({ ...SMALL, ...custom, ...hung("fd-a", P) });
    expect(facts.policies.map(({ type }) => type)).toEqual(["CONTROL", "CUSTOM"]);
  });

  test.each([["fd-gone"], [ACCOUNT], ["root"]])(
    "on `%s`, which is no target, are a finding and a gap",
    async (target) => {
      const batch = await readBatch({ ...SMALL, ...hung(target, P) });
      expect(batch.facts.controlAttachments).toEqual([]);
      expect(codes(batch)).toEqual(["UNKNOWN_TARGET"]);
      expect(gapSubjects(batch, CONTROL)).toEqual([target]);
    },
  );

  test("with two documents refuse the export", async () => {
    const [again] = Object.values(controlPolicy("P", "cp-1", { PolicyDocument: "{}" }));
    const files = {
      ...controlPolicy("P", "cp-1", { PolicyDocument: DOCUMENT }),
      "resourcemanager.GetControlPolicy.x.json": again,
    };
    expect(await readRefusal({ ...SMALL, ...files })).toMatchObject({ code: "EXPORT_CONTRADICTS_ITSELF" });
  });

  test("in a list that is cut are a gap", async () => {
    const list = { TotalCount: 2, ControlPolicies: { ControlPolicy: [P] } };
    const batch = await readBatch({ ...SMALL, "resourcemanager.ListControlPolicies.json": list });
    expect(codes(batch)).toEqual(["LIST_CUT"]);
    expect(gapSubjects(batch, CONTROL)).toEqual(["resourcemanager.ListControlPolicies"]);
  });
});
