import { execFile } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";
import { ACCOUNT, CALLER, type Files, readBatch, readRefusal } from "./export-folder.js";
import { attachments, codes, gapSubjects, PEOPLE } from "./responses.js";

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A fresh folder with the caller's response, in which `make` puts more. */
async function refusalOf(name: string, make: (path: string) => Promise<unknown>): Promise<unknown> {
  const path = await mkdtemp(join(folder, "export-"));
  await writeFile(join(path, "sts.GetCallerIdentity.json"), JSON.stringify(CALLER["sts.GetCallerIdentity.json"]));
  await make(join(path, name));
  return await readAccountExport(path);
}

describe("what is no plain file is refused at once", () => {
  test.each([
    ["a named pipe", "NOT_A_FILE", (path: string) => run("mkfifo", [path])],
    ["a folder", "NOT_A_FILE", (path: string) => run("mkdir", [path])],
    ["a link to a device", "LINK_LEADS_OUT", (path: string) => symlink("/dev/zero", path)],
    ["a link to nothing", "FILE_UNREADABLE", (path: string) => symlink("gone", path)],
    ["a link to itself", "FILE_UNREADABLE", (path: string) => symlink("ram.ListUsers.json", path)],
  ])("%s", async (_name, code, make) => {
    expect(await refusalOf("ram.ListUsers.json", make)).toMatchObject({
      refusal: { code, file: "ram.ListUsers.json" },
    });
  });

  test("a file over 4 GiB, without reading it", async () => {
    const make = async (path: string): Promise<void> => {
      await writeFile(path, "");
      await truncate(path, 5 * 1024 ** 3);
    };
    expect(await refusalOf("ram.ListUsers.jsonl", make)).toMatchObject({ refusal: { code: "FILE_TOO_LARGE" } });
  });

  test.each([
    ["export.zip", "ARCHIVE", "unpack it"],
    ["export.tar.gz", "ARCHIVE", "unpack it"],
    ["ram.ListUsers.json", "NOT_A_FOLDER", "give the folder"],
  ])("%s in place of a folder", async (name, code, words) => {
    const path = join(folder, name);
    await writeFile(path, "PK");
    const reading = await readAccountExport(path);
    expect(reading).toMatchObject({ refusal: { code, message: expect.stringContaining(words) } });
  });

  test("an archive within the folder is a file that is not read", async () => {
    const batch = await readBatch({ "export.zip": "PK", "ram.ListUsers.zip": "PK" });
    expect(codes(batch)).toEqual(["UNKNOWN_FILE", "UNKNOWN_FILE"]);
  });
});

test.each([
  ["grows", (path: string) => appendFile(path, `{"Users":{"User":[{"UserName":"late"}]}}\n`)],
  ["shrinks", (path: string) => truncate(path, 10)],
])("a file that %s while it is read is refused", async (_name, change) => {
  const path = await mkdtemp(join(folder, "changing-"));
  const users = join(path, "ram.ListUsers.jsonl");
  await writeFile(join(path, "sts.GetCallerIdentity.json"), JSON.stringify(CALLER["sts.GetCallerIdentity.json"]));
  const line = `{"Users":{"User":[{"UserName":"a"}]}}\n`;
  await writeFile(users, line.repeat(40_000));
  let changed: Promise<void> | undefined;
  const reading = await readAccountExport(path, ({ file }) => {
    if (file === "ram.ListUsers.jsonl") changed ??= change(users);
  });
  await changed;
  expect(reading).toMatchObject({ refusal: { code: expect.stringMatching(/^FILE_CHANGED$|^NOT_JSON$/) } });
});

describe("much of something", () => {
  test("a list of 1.3 MB in one response is read in pieces, and its places are those of the file", async () => {
    const User = Array.from({ length: 30_000 }, (_, index) => ({ UserName: `user-${index}`, UserId: String(index) }));
    const { facts } = await readBatch({ "ram.ListUsers.json": { Users: { User }, IsTruncated: false } });
    expect(facts.users).toHaveLength(30_000);
    const bad = User.with(29_999, { UserName: "x".repeat(300), UserId: "1" });
    const text = JSON.stringify({ Users: { User: bad } }, null, 1);
    const refusal = await readRefusal({ "ram.ListUsers.json": text });
    const line = text.slice(0, text.indexOf("xxx")).split("\n").length;
    expect(refusal).toMatchObject({ code: "TOO_LONG", pointer: "/Users/User/29999/UserName", line });
  });

  test("a list that is cut in one response of several pieces is a gap", async () => {
    const User = Array.from({ length: 30_000 }, (_, index) => ({ UserName: `user-${index}` }));
    const batch = await readBatch({ "ram.ListUsers.json": { Users: { User }, TotalCount: "30001" } });
    expect(codes(batch)).toEqual(["LIST_CUT"]);
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain("ram.ListUsers");
  });

  test("a document of 100,000 statements is kept as it is", async () => {
    const PolicyDocument = `{"Version":"1","Statement":[${Array.from({ length: 100_000 }, () => "{}").join(",")}]}`;
    const files: Files = {
      "ram.GetPolicy.json": {
        Policy: { PolicyName: "P", PolicyType: "Custom" },
        DefaultPolicyVersion: { VersionId: "v1", PolicyDocument },
      },
    };
    const { facts } = await readBatch(files);
    expect(facts.policies[0]?.versions[0]?.documentText).toHaveLength(PolicyDocument.length);
  });

  test.each([
    [
      "a document over 1 MiB",
      { "ram.GetRole.json": { Role: { RoleName: "r", AssumeRolePolicyDocument: "x".repeat(1024 * 1024 + 1) } } },
    ],
    ["a name of 10 KB", { "ram.ListGroups.json": { Groups: { Group: [{ GroupName: "x".repeat(10_240) }] } } }],
    [
      "an ARN of 10 KB",
      { "tag.ListTagResources.json": { TagResources: [{ ResourceARN: "a".repeat(10_240), Tags: [] }] } },
    ],
  ])("%s is refused", async (_name, files) => {
    expect(await readRefusal(files)).toMatchObject({ code: "TOO_LONG" });
  });

  test("5,000 attachments of nobody are 1,000 findings and their count, not 5,000", async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ PrincipalName: `ghost-${index}` }));
    const batch = await readBatch({ ...PEOPLE, ...attachments(rows) });
    expect(codes(batch).filter((code) => code === "UNKNOWN_PRINCIPAL")).toHaveLength(1_001);
    expect(batch.findings.at(-1)?.message).toContain("4000 more attachments");
    expect(gapSubjects(batch, "ACCOUNT_NOT_IMPORTED")).toContain(ACCOUNT);
  });

  test("groups cannot hold groups: a group among members is a user that nobody lists", async () => {
    const members = { Users: { User: [{ UserName: "devs" }] } };
    const batch = await readBatch({ ...PEOPLE, "ram.ListUsersForGroup.devs.json": members });
    expect(batch.facts.memberships).toEqual([]);
    expect(codes(batch)).toEqual(["UNKNOWN_USER"]);
  });
});

describe("nothing is fetched", () => {
  let trap: Server;
  let calls = 0;

  beforeAll(async () => {
    trap = createServer((socket) => {
      calls++;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(trap, "listening");
  });

  afterAll(() => {
    trap.close();
  });

  test("whatever an export points to", async () => {
    const address = trap.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/x`;
    const PolicyDocument = JSON.stringify({ $schema: url, $ref: url, Version: "1", Statement: [{ $ref: url }] });
    const batch = await readBatch({
      "ram.ListUsers.json": { $ref: url, Users: { User: [{ UserName: "alice", DisplayName: `<img src="${url}">` }] } },
      "ram.GetPolicy.json": {
        Policy: { PolicyName: "P", PolicyType: "Custom", Description: "file:///etc/passwd" },
        DefaultPolicyVersion: { VersionId: "v1", PolicyDocument },
      },
    });
    expect(batch.facts.policies[0]?.versions[0]?.documentText).toBe(PolicyDocument);
    expect(calls).toBe(0);
  });
});
