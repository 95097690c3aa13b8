import { describe, expect, test } from "@jest/globals";
import { cutGluedRow, type PageWords } from "../../src/importers/docs/cut-glued.js";
import { findJsonBlocks } from "../../src/importers/docs/json-blocks.js";
import { readPageLines } from "../../src/importers/docs/page-lines.js";
import { readRamCodes } from "../../src/importers/docs/ram-code.js";
import { repairJson } from "../../src/importers/docs/repair-json.js";
import { columnsGlued } from "../../src/importers/docs/table-words.js";

describe("repairJson mends one defect at a time and says where", () => {
  test.each([
    ["nothing", '{"a": "b"}', '{"a": "b"}', []],
    ["a comma too many", '{"a": ["b",]}', '{"a": ["b"]}', [["TRAILING_COMMA", 10]]],
    [
      "a comma before a comment and a brace",
      '{"a": "b", // x\n}',
      '{"a": "b" \n}',
      [
        ["TRAILING_COMMA", 9],
        ["COMMENT_IN_JSON", 11],
      ],
    ],
    ["a comma missing between lines", '["a"\n"b"]', '["a"\n,"b"]', [["MISSING_COMMA", 4]]],
    ["no comma on one line is no sure thing", '["a" "b"]', '["a" "b"]', []],
    ["typographic quotes", "{“a”: 「b」}", '{"a": "b"}', [["ODD_QUOTES", 1]]],
    ["a comment that looks like an address stays in its string", '{"a": "http://b"}', '{"a": "http://b"}', []],
    ["backslashes at line ends", '{\\\n"a": 1\\\n}', '{\n"a": 1\n}', [["STRAY_BACKSLASH", 1]]],
    ["backslashes before stars", '{"a": "acs:\\*:\\*"}', '{"a": "acs:*:*"}', [["STRAY_BACKSLASH", 11]]],
    ["escapes that JSON knows", '{"a": "\\"\\\\\\u0041"}', '{"a": "\\"\\\\\\u0041"}', []],
    ["no-break spaces", '{\u00a0\u00a0"a": 1}', '{  "a": 1}', [["ODD_BLANK", 1]]],
    [
      "a wide comma and colon",
      '{"a"：1，"b": 2}',
      '{"a":1,"b": 2}',
      [
        ["WIDE_PUNCTUATION", 4],
        ["WIDE_PUNCTUATION", 6],
      ],
    ],
    ["a wide comma too many", '["a"，\n]', '["a"\n]', [["WIDE_PUNCTUATION", 4]]],
    ["wide marks in a string", '{"a": "b，c：d"}', '{"a": "b，c：d"}', []],
    ["a comma missing after a brace is not guessed", "[{}\n{}]", "[{}\n{}]", []],
  ])("%s", (_, source, text, repairs) => {
    const repaired = repairJson(source);
    expect(repaired.text).toBe(text);
    expect(repaired.repairs.map(({ code, at }) => [code, at])).toEqual(repairs);
  });

  test("offsets lead back to the characters of the page", () => {
    const source = '{\\\n"Action": ["a:B"\n"c:D", // two\n"e:F",]}';
    const { text, originAt } = repairJson(source);
    for (const name of ["Action", "a:B", "c:D", "e:F"]) {
      const at = originAt(text.indexOf(`"${name}"`));
      expect(source.slice(at, at + name.length + 2)).toBe(`"${name}"`);
    }
  });
});

describe("findJsonBlocks", () => {
  test.each([
    ["none in prose", "a {#regionId} and $x{1} and {b}", []],
    ["one", 'x {"a": 1} y', [['{"a": 1}', true]]],
    [
      "two in a row",
      '{"a": 1},\n{"b": 2}',
      [
        ['{"a": 1}', true],
        ['{"b": 2}', true],
      ],
    ],
    ["a brace in a string", '{"a": "}"}', [['{"a": "}"}', true]]],
    ["one glued to a word", 'Role{\n"a": 1\n}', [['{\n"a": 1\n}', true]]],
    [
      "one that prose cuts off, and the next",
      '{"a": [\nThe text.\n{"b": 2}',
      [
        ['{"a": [', false],
        ['{"b": 2}', true],
      ],
    ],
  ])("%s", (_, text, blocks) => {
    expect(findJsonBlocks(text).map(({ start, end, isBalanced }) => [text.slice(start, end), isBalanced])).toEqual(
      blocks,
    );
  });
});

describe("glued tables", () => {
  const words: PageWords = {
    roles: ["AliyunServiceRoleForAcmeSink", "AliyunServiceRoleForAcme"],
    isWord: (token) => token === "PrivateLink",
    isLabel: (label) => label === "Example Store" || label === "VPC",
  };
  test.each([
    ["RoleAccess policyCreated when youPurpose", ["role", "policy", "createdWhen", "purpose"]],
    ["RolePurposeAuto-created when you...", ["role", "purpose", "createdWhen"]],
    ["RoleService name value", ["role", "serviceName"]],
    ["角色名称权限策略", ["role", "policy"]],
    ["Role", undefined],
    ["Role purpose", undefined],
    ["RoleColour", undefined],
  ])("header %s", (line, columns) => expect(columnsGlued(line)).toEqual(columns));

  test.each([
    [
      "a role and its policy",
      "AliyunServiceRoleForXAliyunServiceRolePolicyForXFirst useAccesses PrivateLink",
      ["role", "policy", "createdWhen", "purpose"],
      ["AliyunServiceRoleForX", "AliyunServiceRolePolicyForX", "First use", "Accesses PrivateLink"],
    ],
    [
      "the longest role that is known",
      "AliyunServiceRoleForAcmeSinkReads.Make a sink.",
      ["role", "purpose", "createdWhen"],
      ["AliyunServiceRoleForAcmeSink", "Reads.", "Make a sink."],
    ],
    [
      "a principal",
      "AliyunServiceRoleForAcmesink.acme.aliyuncs.com",
      ["role", "serviceName"],
      ["AliyunServiceRoleForAcme", "sink.acme.aliyuncs.com"],
    ],
    ["a role that the page names nowhere else", "AliyunServiceRoleForOtherReads", ["role", "purpose"], undefined],
    [
      "a service by its label",
      "Example StoreList bucketsFind things",
      ["service", "permissions", "purpose"],
      ["Example Store", "List buckets", "Find things"],
    ],
    [
      "a service that is not known",
      "Mystery StoreList bucketsFind things",
      ["service", "permissions", "purpose"],
      undefined,
    ],
    [
      "two places where a cell could end",
      "VPCList bucketsFind thingsKeep them",
      ["service", "permissions", "purpose"],
      undefined,
    ],
    [
      "a policy",
      "AliyunAcmeFullAccessFull permissions.",
      ["policy", "description"],
      ["AliyunAcmeFullAccess", "Full permissions."],
    ],
    [
      "a policy that may end in two places",
      "AliyunAcmeAccessFullAccessAll of it",
      ["policy", "description"],
      undefined,
    ],
  ] as const)("row: %s", (_, row, columns, cells) => expect(cutGluedRow(row, columns, words)).toEqual(cells));
});

describe("the sentence on the RAM code", () => {
  test.each([
    [
      "The RAM code (RamCode) for Acme is acme , and the supported authorization granularity is OPERATION .",
      ["acme"],
      "OPERATION",
      [],
    ],
    [
      "The RAM code (RamCode) for Acme Billing is acme,abs , and the supported authorization granularity is RESOURCE .",
      ["acme", "abs"],
      "RESOURCE",
      ["RAM_CODES_SEVERAL"],
    ],
    [
      "The RAM code (RamCode) for Acme is ACME , and the supported authorization granularity is resource-level .",
      ["acme"],
      "RESOURCE",
      ["RAM_CODE_IN_CAPITALS"],
    ],
    [
      "The code (RamCode) in RAM that is used to indicate Acme is acme,acme-inner. You can grant permissions on Acme at the RESOURCE.",
      ["acme", "acme-inner"],
      "RESOURCE",
      ["RAM_CODES_SEVERAL"],
    ],
    ["示例产品的 RAM 代码(RamCode)为 acme ,支持的授权粒度为 操作级", ["acme"], "OPERATION", []],
    [
      'The RAM code (RamCode) for placeholder-$p is placeholder-$codes?join(","), and the supported authorization granularity is placeholder-$level.',
      [],
      undefined,
      ["RAM_CODE_UNREADABLE", "GRANULARITY_UNREADABLE"],
    ],
    [
      "The code (RamCode) in RAM that is used to indicate Acme is . You can grant permissions on 。",
      [],
      undefined,
      ["RAM_CODE_UNREADABLE", "GRANULARITY_UNREADABLE"],
    ],
  ])("%s", (line, codes, granularity, findings) => {
    const [found] = readRamCodes(readPageLines(line).lines);
    expect(found?.codes).toEqual(codes);
    expect(found?.granularity).toBe(granularity);
    expect(found?.findings.map(({ code }) => code)).toEqual(findings);
  });
});
