import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { Action } from "../../src/inventory/catalog.js";
import { completeInventory } from "../../src/inventory/complete-inventory.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { roleKey, userKey } from "../../src/inventory/keys.js";
import type { Gap } from "../../src/inventory/source.js";
import { takeQuestion } from "../../src/questions/access/take-question.js";
import { can } from "../../src/questions/can/can.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { ACCOUNT, CALLER, type Files, readBatch } from "../importers/account/export-folder.js";
import { attachments, DOMAIN, PEOPLE } from "../importers/account/responses.js";

const policy = (PolicyName: string, Action: string): Files => ({
  [`ram.GetPolicy.Custom.${PolicyName}.json`]: {
    Policy: { PolicyName, PolicyType: "Custom", DefaultVersion: "v1" },
    DefaultPolicyVersion: {
      VersionId: "v1",
      PolicyDocument: JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
    },
  },
});
const TRUST = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"*"}}]}';
const ROWS = [
  { PolicyName: "Buckets", PrincipalName: "alice" },
  { PolicyName: "Machines", PrincipalName: "bob", ResourceGroupId: "rg-1" },
  { PolicyName: "Buckets", PrincipalType: "ServiceRole", PrincipalName: "Backup" },
];

/** An export of which nothing is missing. */
const WHOLE: Files = {
  ...CALLER,
  ...DOMAIN,
  ...PEOPLE,
  ...policy("Buckets", "oss:GetObject"),
  ...policy("Machines", "ecs:StopInstance"),
  ...attachments(ROWS),
  "ram.ListUsersForGroup.devs.json": { Users: { User: [] } },
  "ram.GetRole.Backup.json": { Role: { RoleName: "Backup", AssumeRolePolicyDocument: TRUST } },
  "ram.ListPolicies.json": { Policies: { Policy: [] } },
  "resourcemanager.ListResourceGroups.json": { ResourceGroups: { ResourceGroup: [{ Id: "rg-1", Name: "one" }] } },
  "resourcemanager.ListResources.json": { Resources: { Resource: [] } },
  "resourcemanager.ListResourceGroupCapability.json": { Capabilities: [] },
  "resourcemanager.GetResourceDirectory.json": { Code: "ResourceDirectoryNotInUse", Message: "none" },
  "oss.GetBucketPolicy.logs.json": { Code: "NoSuchBucketPolicy", Message: "none" },
};
const ACTIONS = ["oss:GetObject", "ecs:StopInstance", "sts:AssumeRole"];

async function snapshotOf(files: Files): Promise<Snapshot> {
  return compileSnapshot(await inventoryOf(files));
}

async function inventoryOf(files: Files): Promise<Inventory> {
  const { facts, gaps } = await readBatch(files);
  const nothing = { services: [], operations: [], resourceTypes: [], conditionKeys: [], serviceLinks: [] };
  const catalog = { ...nothing, serviceDependencies: [], actions: ACTIONS.map(actionOf) };
  const { account, ...rest } = facts;
  const kept = { revision: "1", committedAt: "2026-01-01T00:00:00Z", sources: [], findings: [], accounts: [account] };
  return completeInventory({ ...kept, ...rest, ...catalog, gaps });
}

const actionOf = (name: string): Action => {
  return { name, service: name.split(":")[0] ?? "", accessLevels: ["NONE"], isDocumented: true };
};

function questionOf(snapshot: Snapshot, name: string) {
  const arn = name.startsWith("oss") ? `acs:oss:*:${ACCOUNT}:b/o` : `acs:ecs:cn-hangzhou:${ACCOUNT}:instance/i-1`;
  const taken = takeQuestion(snapshot, { actions: { name }, resource: { arn } }, "");
  if ("value" in taken) return taken.value;
  throw new Error(JSON.stringify(taken));
}

function principalOf(snapshot: Snapshot, key: string) {
  const found = snapshot.principals.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new Error(`${key} is not there`);
}

const ALICE = userKey(ACCOUNT, "alice");
const BACKUP = roleKey(ACCOUNT, "Backup");
const reasonsOf = (gaps: readonly Gap[]): string =>
  [...new Set(gaps.map(({ reason }) => SHORT[reason] ?? reason))].join(" ");
const SHORT: Readonly<Record<string, string>> = {
  ACCOUNT_NOT_IMPORTED: "A",
  POLICY_DOCUMENT_MISSING: "D",
  CONTROL_POLICIES_NOT_IMPORTED: "C",
  RESOURCE_POLICIES_NOT_IMPORTED: "R",
  RESOURCE_GROUP_UNKNOWN: "G",
};

/** What each kind of question says was not seen, in short. */
function shown(snapshot: Snapshot): readonly string[] {
  const who = (name: string) =>
    finish(whoCan(snapshot, questionOf(snapshot, name), { reach: "DIRECT", verdicts: new Set(["ALLOWED"]) }));
  const what = (key: string) => finish(permissions(snapshot, principalOf(snapshot, key), {}));
  const answers = [who("oss:GetObject"), who("ecs:StopInstance"), who("sts:AssumeRole"), what(ALICE), what(BACKUP)];
  const decision = can(snapshot, principalOf(snapshot, ALICE), questionOf(snapshot, "oss:GetObject"), "");
  const warned = "value" in decision && decision.value.warnings().some(({ code }) => code === "COVERAGE_GAP");
  return [
    ...answers.map((answer) => ("value" in answer ? reasonsOf(answer.value.coverage.gaps.filter(isOfExport)) : "?")),
    warned ? "A" : "",
  ];
}

/** Gaps of the catalog are another matter. */
const isOfExport = ({ reason }: Gap): boolean => reason !== "SERVICE_NOT_IN_CATALOG";

describe("what an export lacks is told by the answers that it could touch, and by no others", () => {
  const ERROR = { Code: "NoPermission", Message: "not for you" };

  test.each([
    // left out                                     oss  ecs     assume  alice    Backup   can alice
    ["nothing", ["", "", "", "", "", ""]],
    ["ram.ListPolicies", ["", "", "", "", "", ""]],
    ["ram.GetRole.Backup", ["", "", "A", "A", "A", ""]],
    ["ram.ListUsersForGroup.devs", ["A", "A", "A", "A", "", "A"]],
    ["ram.ListGroups", ["A", "A", "A", "A", "", "A"]],
    // A document that is not known may grant anything.
    ["ram.GetPolicy.Custom.Buckets", ["D", "D", "D", "D", "D", ""]],
    ["ram.GetPolicy.Custom.Machines", ["D", "D", "D", "", "", ""]],
    ["resourcemanager.ListResourceGroups", ["", "G", "", "", "", ""]],
    ["resourcemanager.ListResourceGroupCapability", ["", "G", "", "", "", ""]],
    ["resourcemanager.GetResourceDirectory", ["C", "C", "C", "C", "C", ""]],
    ["oss.GetBucketPolicy.logs", ["R", "", "", "R", "R", ""]],
    ["resourcemanager.ListPolicyAttachments", ["A", "A", "A", "A", "A", "A"]],
  ] as const)("%s", async (left, expected) => {
    const without = Object.entries(WHOLE).filter(([name]) => name !== `${left}.json`);
    const snapshot = await snapshotOf(Object.fromEntries(without));
    expect(shown(snapshot)).toEqual(expected);
    const failing = await snapshotOf(left === "nothing" ? WHOLE : { ...WHOLE, [`${left}.json`]: ERROR });
    const told = shown(failing);
    for (const [at, reason] of expected.entries()) if (reason !== "") expect(told[at]).toContain(reason);
  });

  test("an account of which nobody is known is told, rather than answered with nobody", async () => {
    const snapshot = await snapshotOf(CALLER);
    const answer = finish(
      whoCan(snapshot, questionOf(snapshot, "ecs:StopInstance"), {
        reach: "DIRECT",
        verdicts: new Set(["ALLOWED"]),
      }),
    );
    expect("value" in answer && answer.value.coverage.gaps.map(({ subject }) => subject)).toContain("ram.ListUsers");
  });

  test("an attachment to somebody unknown warns whoever is asked about, but for a Deny", async () => {
    const rows = [...ROWS, { PolicyName: "Buckets", PrincipalName: "eve@elsewhere.onaliyun.com" }];
    expect(shown(await snapshotOf({ ...WHOLE, ...attachments(rows) }))).toEqual(["A", "A", "A", "A", "A", "A"]);
  });

  test("a name that looks like an operation hides no gap", async () => {
    const rows = [...ROWS, { PolicyName: "Buckets", PrincipalName: "ram.ListPolicies" }];
    expect(shown(await snapshotOf({ ...WHOLE, ...attachments(rows) })).at(0)).toBe("A");
  });

  test("one account's gap is no other's", async () => {
    const whole = await inventoryOf(WHOLE);
    const foreign: Gap = { reason: "ACCOUNT_NOT_IMPORTED", subject: "ram.ListUsers", detail: "x", accountId: "2" };
    const folder: Gap = { reason: "CONTROL_POLICIES_NOT_IMPORTED", subject: "fd-1", detail: "x" };
    const inventory = { ...whole, gaps: [foreign, folder] };
    expect(shown(compileSnapshot(inventory))).toEqual(["", "", "", "", "", ""]);
    const member = { directoryId: "rd-1", accountId: ACCOUNT, folderId: "fd-1" };
    expect(shown(compileSnapshot({ ...inventory, members: [member] })).at(0)).toBe("C");
  });
});
