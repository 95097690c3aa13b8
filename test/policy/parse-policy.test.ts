import { describe, expect, test } from "@jest/globals";
import { parsePolicy } from "../../src/policy/parse-policy.js";

const ALLOW = '{"Effect":"Allow","Action":"ecs:*","Resource":"*"}';
const inStatement = (members: string) => `{"Version":"1","Statement":[{${members}}]}`;

describe("what is wrong is found at its place", () => {
  test.each<
    [name: string, text: string, findings: readonly [code: string, pointer: string, line: number, column: number][]]
  >([
    ["nothing", `{"Version":"1","Statement":[${ALLOW}]}`, []],
    ["no JSON", '{"Version":"1",\n "Statement":[', [["NOT_JSON", "/Statement/0", 2, 15]]],
    ["a comma too many", `{"Version":"1","Statement":[${ALLOW},]}`, [["NOT_JSON", "/Statement", 1, 80]]],
    ["text behind the end", `{"Version":"1","Statement":[]} x`, [["NOT_JSON", "", 1, 32]]],
    ["no object", '["x"]', [["DOCUMENT_NOT_AN_OBJECT", "", 1, 1]]],
    ["no version", `{"Statement":[${ALLOW}]}`, [["MISSING_VERSION", "", 1, 1]]],
    ["another version", `{"Version":"2","Statement":[${ALLOW}]}`, [["UNKNOWN_VERSION", "/Version", 1, 12]]],
    ["no statement", '{"Version":"1"}', [["MISSING_STATEMENT", "", 1, 1]]],
    ["an empty list of statements", '{"Version":"1","Statement":[]}', [["NO_STATEMENT", "/Statement", 1, 28]]],
    ["a bare statement", `{"Version":"1","Statement":${ALLOW}}`, [["STATEMENT_NOT_A_LIST", "/Statement", 1, 28]]],
    ["a text as statement", '{"Version":"1","Statement":"x"}', [["STATEMENT_NOT_A_LIST", "/Statement", 1, 28]]],
    [
      "a statement that is none",
      '{"Version":"1","Statement":[5]}',
      [["STATEMENT_NOT_AN_OBJECT", "/Statement/0", 1, 29]],
    ],
    ["a stray element", `{"Version":"1","Note":"x",\r\n"Statement":[${ALLOW}]}`, [["UNKNOWN_ELEMENT", "/Note", 1, 16]]],
    [
      "a key that stands twice",
      '{"Version":"1",\n"Statement":[{"Effect":"Deny",\n "Effect":"Allow","Action":"x:y","Resource":"*"}]}',
      [["DUPLICATE_KEY", "/Statement/0/Effect", 3, 2]],
    ],
    [
      "a mis-cased element",
      inStatement('"Effect":"Allow","Action":"ecs:*","Resource":"*","condition":{}'),
      [["UNKNOWN_ELEMENT", "/Statement/0/condition", 1, 79]],
    ],
    [
      "a wrong effect",
      inStatement('"Effect":"allow","Action":"ecs:*","Resource":"*"'),
      [["UNREADABLE_EFFECT", "/Statement/0/Effect", 1, 39]],
    ],
    ["no effect", inStatement('"Action":"ecs:*","Resource":"*"'), [["UNREADABLE_EFFECT", "/Statement/0", 1, 29]]],
    ["no action", inStatement('"Effect":"Allow","Resource":"*"'), [["MISSING_ELEMENT", "/Statement/0", 1, 29]]],
    [
      "both actions",
      inStatement('"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"'),
      [["CONFLICTING_ELEMENTS", "/Statement/0", 1, 29]],
    ],
    [
      "an empty list",
      inStatement('"Effect":"Allow","Action":[],"Resource":"*"'),
      [["EMPTY_ELEMENT", "/Statement/0/Action", 1, 56]],
    ],
    [
      "a number as action",
      inStatement('"Effect":"Allow","Action":["a:b",7],"Resource":"*"'),
      [["NOT_A_STRING", "/Statement/0/Action/1", 1, 63]],
    ],
    [
      "NotResource",
      inStatement('"Effect":"Allow","Action":"a:b","NotResource":"*"'),
      [["UNDOCUMENTED_ELEMENT", "/Statement/0/NotResource", 1, 62]],
    ],
    [
      "Sid",
      inStatement('"Sid":"s","Effect":"Allow","Action":"a:b","Resource":"*"'),
      [["IGNORED_ELEMENT", "/Statement/0/Sid", 1, 30]],
    ],
    [
      "a principal",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*"'),
      [["PRINCIPAL_NOT_ALLOWED", "/Statement/0/Principal", 1, 77]],
    ],
    [
      "an unknown operator",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Nope":{"x/y~z":"1"}}'),
      [["UNKNOWN_OPERATOR", "/Statement/0/Condition/Nope/x~1y~0z", 1, 98]],
    ],
    [
      "a value that cannot be read",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Bool":{"x:y":"yes"}}'),
      [["UNREADABLE_VALUE", "/Statement/0/Condition/Bool/x:y", 1, 98]],
    ],
    [
      "a condition that is none",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"*","Condition":[]'),
      [["CONDITION_NOT_AN_OBJECT", "/Statement/0/Condition", 1, 89]],
    ],
    [
      "blanks around an action",
      inStatement('"Effect":"Allow","Action":" a:b ","Resource":"*"'),
      [["ACTION_HAS_BLANKS", "/Statement/0/Action", 1, 56]],
    ],
    [
      "a blank inside an action",
      inStatement('"Effect":"Allow","Action":"a: b","Resource":"*"'),
      [["BLANK_IN_ACTION", "/Statement/0/Action", 1, 56]],
    ],
    [
      "an action without service",
      inStatement('"Effect":"Allow","Action":"Get","Resource":"*"'),
      [["ACTION_WITHOUT_SERVICE", "/Statement/0/Action", 1, 56]],
    ],
    [
      "a resource that is no ARN",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"b/*"'),
      [["RESOURCE_NOT_AN_ARN", "/Statement/0/Resource", 1, 73]],
    ],
    [
      "an empty account",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"acs:oss:::b"'),
      [["EMPTY_ACCOUNT", "/Statement/0/Resource", 1, 73]],
    ],
    [
      "an empty service",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"acs::ram::*"'),
      [["EMPTY_SERVICE", "/Statement/0/Resource", 1, 73]],
    ],
    [
      "an account that is none",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":["acs:ram:*:<account id>:role/*","acs:ram:*:sys*:x"]'),
      [["ACCOUNT_NOT_AN_ID", "/Statement/0/Resource/0", 1, 74]],
    ],
    [
      "a variable in a condition",
      inStatement(`"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringLike":{"a:b":["x","\${y}"]}}`),
      [["VARIABLE_IS_LITERAL", "/Statement/0/Condition/StringLike/a:b/1", 1, 115]],
    ],
    [
      "four segments",
      inStatement('"Effect":"Allow","Action":"a:b","Resource":"acs:cdn:*:1"'),
      [["FOUR_SEGMENTS", "/Statement/0/Resource", 1, 73]],
    ],
    [
      "a variable",
      inStatement(`"Effect":"Allow","Action":"a:b","Resource":"acs:oss:*:*:\${x}"`),
      [["VARIABLE_IS_LITERAL", "/Statement/0/Resource", 1, 73]],
    ],
    [
      "a lone surrogate",
      inStatement('"Effect":"Allow","Action":"a:\\ud800","Resource":"*"'),
      [["LONE_SURROGATE", "/Statement/0/Action", 1, 56]],
    ],
    [
      "a NUL character",
      inStatement('"Effect":"Allow","Action":"a:\\u0000","Resource":"*"'),
      [["NUL_CHARACTER", "/Statement/0/Action", 1, 56]],
    ],
  ])("%s", (_, text, findings) => {
    expect(
      parsePolicy(text, "IDENTITY").findings.map(({ code, pointer, line, column }) => [code, pointer, line, column]),
    ).toEqual(findings);
  });
});

describe("texts of any kind are read without throwing", () => {
  test.each([
    ["nothing", ""],
    ["a byte order mark alone", "\ufeff"],
    ["10,000 levels", "[".repeat(10_000)],
    [
      "10,000 levels in a condition",
      `{"Version":"1","Statement":[{"Condition":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}]}`,
    ],
    ["a prototype", '{"Version":"1","Statement":[{"__proto__":{"Effect":"Allow"},"constructor":"x"}]}'],
    ["a long number", "1".repeat(100_000)],
  ])("%s", (_, text) => {
    const { value, findings } = parsePolicy(text, "IDENTITY");
    expect(value.statements.every(({ unreadable }) => unreadable.length > 0)).toBe(true);
    expect(findings.length).toBeGreaterThan(0);
  });

  test("__proto__ gives no effect", () => {
    const { value } = parsePolicy(
      '{"Version":"1","Statement":[{"__proto__":{"Effect":"Allow"},"Action":"a:b","Resource":"*"}]}',
      "IDENTITY",
    );
    expect(value.statements[0]?.effect).toBe("UNREADABLE");
  });
});

test("tenfold the statements take about tenfold the time", () => {
  const time = (count: number) => {
    const text = `{"Version":"1","Statement":[${Array.from({ length: count }, () => ALLOW).join()}]}`;
    // Time of this process alone: other tests may keep the machine busy.
    const start = process.cpuUsage();
    expect(parsePolicy(text, "IDENTITY").value.statements).toHaveLength(count);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  const best = (count: number) => Math.min(...Array.from({ length: 3 }, () => time(count)));
  // Between ten, as it should be, and a hundred, as it would be if each looked at those before.
  expect(best(50_000) / best(5_000)).toBeLessThan(40);
});

test("what was found is quoted to its end and no further", () => {
  const found = parsePolicy(inStatement('"Effect":"Allow","Action":[5],"Resource":{},"Condition":[1, 2]'), "IDENTITY");
  expect(found.value.statements[0]?.unreadable.map(({ text }) => text)).toEqual(["[5]", "{}", "[1, 2]"]);
});
