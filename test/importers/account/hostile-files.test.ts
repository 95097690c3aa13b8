import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";
import { CALLER, readBatch, readFiles, readRefusal } from "./export-folder.js";

const USERS = "ram.ListUsers.json";
const MARK = "\uFEFF";

function users(...names: readonly string[]): string {
  return JSON.stringify({ IsTruncated: false, Users: { User: names.map((UserName) => ({ UserName })) } });
}

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
}

describe("a file that would be read wrongly refuses the whole export", () => {
  test.each([
    ["a byte that is no UTF-8", bytes('{"a":"', 0xff, '"}'), "NOT_UTF8", "byte 6 is not UTF-8"],
    ["an overlong NUL", bytes('{"a":"', 0xc0, 0x80, '"}'), "NOT_UTF8", "byte 6 is not UTF-8"],
    ["a character cut at the end", bytes('{"a":"é"}').subarray(0, 7), "NOT_UTF8", "byte 7 is not UTF-8"],
    ["UTF-16", bytes(0xff, 0xfe, "{", 0, "}", 0), "NOT_UTF8", "byte 0 is not UTF-8"],
    ["a cut response", '{"Users":{"User":[', "NOT_JSON", "the text ends too early"],
    ["an empty file", "", "NOT_JSON", "the text ends too early"],
    ["two responses in a .json", "{}{}", "NOT_JSON", "text after the end of the value"],
    ["a list", "[]", "NOT_JSON", "a response is a JSON object"],
    ["NUL in a name", users("a\0b"), "NUL_CHARACTER", "at /Users/User/0/UserName"],
    ["a lone surrogate", '{"Users":{"User":[{"UserName":"\\ud800"}]}}', "LONE_SURROGATE", "at /Users/User/0/UserName"],
    ["a key twice", '{"Users":\n{"User":[],"User":[{}]}}', "DUPLICATE_KEY", "at /Users/User, line 2"],
    ["two byte order marks", `${MARK}${MARK}${users()}`, "NOT_JSON", "byte order mark"],
    ["nesting", `{"a":${"[".repeat(64)}${"]".repeat(64)}}`, "TOO_DEEP", "nested deeper than 64 levels"],
    ["nesting without an end", "[".repeat(100_000), "TOO_DEEP", "nested deeper than 64 levels"],
    ["a name too long", users("x".repeat(257)), "TOO_LONG", "longer than 256 characters"],
    ["no name", '{"Users":{"User":[{"UserName":""}]}}', "MISSING_FIELD", "`UserName` is missing"],
    ["a name that is a number", '{"Users":{"User":[{"UserName":7}]}}', "UNEXPECTED_TYPE", "`UserName` is not a text"],
    [
      "an id as a number",
      '{"Users":{"User":[{"UserName":"a","UserId":9007199254740993}]}}',
      "UNEXPECTED_TYPE",
      "UserId",
    ],
    ["a list that is an object", '{"Users":{"User":{}}}', "UNEXPECTED_TYPE", "`User` is not a list"],
    ["another operation's response", '{"Groups":{"Group":[]}}', "MISSING_FIELD", "`Users` is missing"],
    ["a row that is no object", '{"Users":{"User":["alice"]}}', "UNEXPECTED_TYPE", "at /Users/User/0"],
    ["a flag that is a text", '{"IsTruncated":"maybe","Users":{"User":[]}}', "UNEXPECTED_TYPE", "`IsTruncated`"],
    ["a count that is a fraction", '{"TotalCount":1e999,"Users":{"User":[]}}', "UNEXPECTED_TYPE", "`TotalCount`"],
  ])("%s", async (_name, content, code, words) => {
    const refusal = await readRefusal({ [USERS]: content });
    expect(refusal).toMatchObject({ code, file: USERS });
    expect(refusal.message).toContain(words);
    expect(refusal.message).toContain(`in \`${USERS}\``);
    expect(refusal.message).not.toContain("\n");
  });

  test.each([
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "294277-01-01T00:00:00Z",
    "infinity",
    "2026-02-30T00:00:00Z",
  ])("the date %s", async (CreateDate) => {
    const version = { PolicyVersion: { VersionId: "v1", CreateDate } };
    const refusal = await readRefusal({ "ram.GetPolicyVersion.Custom.P.json": version });
    expect(refusal).toMatchObject({ code: "UNEXPECTED_TYPE", pointer: "/PolicyVersion/CreateDate" });
  });

  test("the line of a .jsonl is named", async () => {
    const refusal = await readRefusal({ "ram.ListUsers.jsonl": `${users()}\n\n${users("a\0b")}\n` });
    expect(refusal).toMatchObject({ code: "NUL_CHARACTER", line: 3, pointer: "/Users/User/0/UserName" });
  });

  test("a byte order mark on a later line", async () => {
    const refusal = await readRefusal({ "ram.ListUsers.jsonl": `${users()}\n${MARK}${users()}\n` });
    expect(refusal).toMatchObject({ code: "NOT_JSON", line: 2 });
  });
});

describe("what only looks hostile is plain data", () => {
  test.each([
    "__proto__",
    "constructor",
    "toString",
    "K",
    "k\u212a",
    "a\u200bb",
    "e\u0301",
    "é",
    "'; drop table",
    "%_\\",
    MARK,
  ])("the name %j", async (name) => {
    const { facts } = await readBatch({ [USERS]: users(name) });
    expect(facts.users.map((user) => user.name)).toEqual([name]);
  });

  test("names that differ in form only stay apart", async () => {
    const { facts } = await readBatch({ [USERS]: users("e\u0301", "é", "K", "\u212a", "ı", "i") });
    expect(facts.users).toHaveLength(6);
  });

  test("keys `__proto__` are left alone", async () => {
    const { facts } = await readBatch({
      [USERS]: '{"__proto__":{"x":1},"Users":{"User":[{"UserName":"a","__proto__":{}}]}}',
    });
    expect(facts.users).toHaveLength(1);
  });

  test("one byte order mark at the start", async () => {
    const { facts } = await readBatch({ [USERS]: `${MARK}${users("a")}` });
    expect(facts.users).toHaveLength(1);
  });

  test("a document with a key twice: kept byte for byte, the import goes on", async () => {
    const PolicyDocument =
      '{"Version":"1","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}';
    const policy = {
      Policy: { PolicyName: "P", PolicyType: "Custom", DefaultVersion: "v1" },
      DefaultPolicyVersion: { VersionId: "v1", PolicyDocument },
    };
    const { facts } = await readBatch({ "ram.GetPolicy.json": policy });
    expect(facts.policies[0]?.versions[0]?.documentText).toBe(PolicyDocument);
  });

  test("a list of 20,000 users is read in seconds, not minutes", async () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
    const { facts } = await readBatch({ [USERS]: users(...names) });
    expect(facts.users).toHaveLength(20_000);
  });
});

describe("the folder", () => {
  test("a folder that is not there", async () => {
    expect(await readAccountExport("/nowhere/at/all")).toMatchObject({ refusal: { code: "FILE_UNREADABLE" } });
  });

  test("a link out of the folder is refused, one within is followed, a folder is left out", async () => {
    const outside = await mkdtemp(join(tmpdir(), "outside-"));
    const folder = join(outside, "export");
    try {
      await mkdir(join(folder, "more"), { recursive: true });
      await writeFile(join(folder, "sts.GetCallerIdentity.json"), JSON.stringify(CALLER["sts.GetCallerIdentity.json"]));
      await writeFile(join(folder, "ram.ListUsers.1.json"), users("a"));
      await symlink("ram.ListUsers.1.json", join(folder, "ram.ListUsers.2.json"));
      const reading = await readAccountExport(folder);
      expect(reading).toMatchObject({
        batch: { findings: [{ code: "UNKNOWN_FILE", message: expect.stringContaining("`more`") }] },
      });
      await writeFile(join(outside, "secret"), users("b"));
      await symlink("../secret", join(folder, "ram.ListUsers.3.json"));
      expect(await readAccountExport(folder)).toMatchObject({
        refusal: { code: "LINK_LEADS_OUT", file: "ram.ListUsers.3.json" },
      });
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test("an empty folder lacks the account", async () => {
    const reading = await readFiles({});
    expect(reading).toMatchObject({ refusal: { code: "CALLER_MISSING", file: "sts.GetCallerIdentity.json" } });
  });
});
