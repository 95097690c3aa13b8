import { describe, expect, test } from "@jest/globals";
import { allOf, anyOf, type Formula } from "../../src/policy/logic/formula.js";
import { solve } from "../../src/policy/logic/solve.js";
import { parsePolicy } from "../../src/policy/parse-policy.js";
import { matchesWildcard } from "../../src/policy/wildcard.js";

const statement = (members: object) => JSON.stringify({ Version: "1", Statement: [members] });
const ALLOW = { Effect: "Allow", Action: "a:b", Resource: "*" };

describe("documents made to cost time are read to their end", () => {
  test.each([
    ["a megabyte of `[`", "[".repeat(2 ** 20)],
    ["a megabyte of `[],`", `[${"[],".repeat(350_000)}[]]`],
    ["a megabyte of nested objects", '{"a":'.repeat(200_000)],
    ["a megabyte of escapes", `"${"\\u0041".repeat(170_000)}"`],
    ["a megabyte of digits", "1".repeat(2 ** 20)],
    ["a megabyte of lines", `${"\n".repeat(2 ** 20)}x`],
    ["200,000 members of one name", `{${'"a":1,'.repeat(200_000)}"b":1}`],
    ["an action of a megabyte of blanks", statement({ ...ALLOW, Action: `a:${" ".repeat(2 ** 20)}b` })],
    [
      "100,000 condition keys",
      statement({
        ...ALLOW,
        Condition: { StringLike: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, "x*"])) },
      }),
    ],
  ])("%s", (_, text) => {
    expect(parsePolicy(text, "IDENTITY").value.statements).toHaveLength(1);
  });
});

test.each([
  ["2,000 characters of `*a` before a `b`", `${"*a".repeat(1000)}b`, "a".repeat(2000)],
  ["a run of half the text", `*${"a".repeat(999)}b`, "a".repeat(2000)],
  ["the same beyond the basic plane", `*${"😀".repeat(999)}b`, "😀".repeat(2000)],
])("%s are told apart", (_, pattern, text) => {
  expect(matchesWildcard(pattern, text)).toBe(false);
});

describe("16 different condition tests are solved exactly, one more is not guessed", () => {
  const formulas: Readonly<Record<string, (tests: readonly Formula[]) => Formula>> = {
    "all of them": allOf,
    "any of them": anyOf,
    "pairs of them": (tests) => allOf(tests.flatMap((_each, i) => (i % 2 === 0 ? [anyOf(tests.slice(i, i + 2))] : []))),
  };
  test.each(Object.entries(formulas))("%s", (_, join) => {
    expect(solve(join(openTests(16)))).toMatchObject({ outcome: "SOMETIMES", isExact: true });
    expect(solve(join(openTests(17)))).toMatchObject({ outcome: "UNDETERMINED", isExact: false });
  });
});

function openTests(count: number): readonly Formula[] {
  const Condition = { StringEquals: Object.fromEntries(Array.from({ length: count }, (_, i) => [`k:${i}`, "v"])) };
  const { value } = parsePolicy(statement({ ...ALLOW, Condition }), "IDENTITY");
  const tests = value.statements.flatMap(({ conditions }) => conditions);
  return tests.map((each): Formula => ({ kind: "TEST", test: each, from: { policy: "P", pointer: "/Statement/0" } }));
}

test("tests of many keys made to cost time share what one formula may take, and each is remembered as it was", () => {
  const texts = (length: number, from: number) =>
    Array.from({ length: 60 }, (_, i) => Array.from({ length }, (_, at) => `*${(from + i * at) % 7}`).join(""));
  const hostile = { StringLike: texts(30, 1), StringNotLike: texts(30, 2) };
  const Condition = Object.fromEntries(
    Object.entries(hostile).map(([operator, values]) => [
      operator,
      Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`k:${i}`, values])),
    ]),
  );
  const { value } = parsePolicy(statement({ ...ALLOW, Condition }), "IDENTITY");
  const tests = value.statements.flatMap(({ conditions }) => conditions);
  expect(tests).toHaveLength(16);
  const formula = allOf(tests.map((test): Formula => ({ kind: "TEST", test, from: { policy: "P", pointer: "/0" } })));
  const [first, again] = [solve(formula), solve(formula)];
  expect(first.outcome).toBe("SOMETIMES");
  expect(again).toEqual(first);
});
