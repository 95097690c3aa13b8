import { describe, expect, test } from "@jest/globals";
import { buildTest } from "../../src/policy/conditions/build-test.js";
import { evaluateTest, OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { foldContextKey } from "../../src/policy/conditions/context-key.js";
import { readInstant } from "../../src/policy/conditions/date-family.js";
import { readAddressBlock } from "../../src/policy/conditions/ip-family.js";
import { compareDecimals, readDecimal } from "../../src/policy/conditions/numeric-family.js";
import { OPERATORS } from "../../src/policy/conditions/operators.js";

test("the operators are the 21 of the documentation", () => {
  expect([...OPERATORS.keys()].toSorted()).toEqual([
    "Bool",
    "DateEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateNotEquals",
    "IpAddress",
    "NotIpAddress",
    "NumericEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericNotEquals",
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    "StringNotEquals",
    "StringNotEqualsIgnoreCase",
    "StringNotLike",
  ]);
});

describe("each operator: match, no match, absent, unknown", () => {
  test.each([
    ["StringEquals", "a", "a", "A"],
    ["StringEqualsIgnoreCase", "a", "A", "b"],
    ["StringLike", "a?c*", "abc", "ac"],
    ["NumericEquals", "1.50", "01.5", "1.51"],
    ["NumericLessThan", "2", "-5", "2.0"],
    ["NumericLessThanEquals", "2", "2.0", "2.01"],
    ["NumericGreaterThan", "2", "10", "2"],
    ["NumericGreaterThanEquals", "2", "2", "1.99"],
    ["DateEquals", "2020-01-01T00:00:00Z", "2020-01-01T08:00:00+08:00", "2020-01-01T00:00:00.001Z"],
    ["DateLessThan", "2020-01-01T00:00:00Z", "2019-12-31T23:59:59Z", "2020-01-01T00:00:00Z"],
    ["DateLessThanEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00Z", "2020-01-01T00:00:01Z"],
    ["DateGreaterThan", "2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z", "2020-01-01T00:00:00Z"],
    ["DateGreaterThanEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2019-01-01T00:00:00Z"],
    ["Bool", "true", "TRUE", "false"],
    ["IpAddress", "10.0.0.0/8", "10.1.2.3", "11.0.0.0"],
  ])("%s %s: %s, not %s", (operator, expected, match, other) => {
    const negated =
      operator === "IpAddress" ? "NotIpAddress" : operator.replace(/^(String|Numeric|Date)(Equals|Like)/, "$1Not$2");
    for (const [name, sign] of [
      [operator, true],
      [negated, false],
    ] as const) {
      if (!OPERATORS.has(name) || (name === operator) !== sign) continue;
      expect(results(name, expected, match, other)).toEqual([sign, !sign, !sign, "UNKNOWN"]);
    }
  });
});

function results(operator: string, expected: string, match: string, other: string) {
  const built = buildTest(operator, "k", [expected], "");
  if ("code" in built) throw new Error(built.code);
  const given = (value: string) => ({ mode: "OPEN" as const, entries: new Map([["k", [value]]]) });
  return [given(match), given(other), { ...OPEN_CONTEXT, mode: "CLOSED" as const }, OPEN_CONTEXT].map((context) =>
    evaluateTest(built, context),
  );
}

describe("values that no operator reads", () => {
  test.each([
    ["NumericEquals", ["", "ten", "1e3", "0x1", "1,000", ".5", "5.", "١"]],
    [
      "DateEquals",
      [
        "",
        "2020-01-01",
        "2020-01-01T00:00:00",
        "2020-02-30T00:00:00Z",
        "2020-01-01T24:00:00Z",
        "2020-01-01T00:00:60Z",
        "1577836800",
      ],
    ],
    ["Bool", ["", "yes", "1", "trueish"]],
    [
      "IpAddress",
      [
        "",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.0/33",
        "10.0.0.0/",
        "1::2::3",
        ":::",
        "2001:db8::/129",
        "localhost",
      ],
    ],
  ])("%s", (operator, texts) => {
    for (const text of texts)
      expect(buildTest(operator, "k", [text], "")).toEqual({ code: "UNREADABLE_VALUE", value: text });
  });

  test.each(["IfExists", "StringEqualsIfExists", "Null", "stringEquals", "ArnLike", "BinaryEquals", "", "toString"])(
    "operator %s",
    (operator) => {
      expect(buildTest(operator, "k", ["a"], "")).toEqual({ code: "UNKNOWN_OPERATOR" });
    },
  );

  test("a set prefix goes with string operators only", () => {
    expect(buildTest("ForAnyValue:Bool", "k", ["true"], "")).toEqual({ code: "QUALIFIER_NOT_SUPPORTED" });
    expect(buildTest("ForSomeValue:StringEquals", "k", ["a"], "")).toEqual({ code: "UNKNOWN_OPERATOR" });
  });
});

describe("one spelling for each key", () => {
  test.each([
    ["acs:SourceIp", "acs:sourceip"],
    ["ACS:ResourceTag/Env", "acs:resourcetag/Env"],
    ["kms:tag/acs:Alikafka:Instance", "kms:tag/acs:Alikafka:Instance"],
    ["a/B/C", "a/B/C"],
    ["Kelvin:\u212a", "kelvin:\u212a"],
  ])("%s", (key, folded) => {
    expect(foldContextKey(key)).toBe(folded);
  });
});

test("instants are read to the nanosecond, years before 100 as written", () => {
  const [early, late, next] = [
    "0099-12-31T23:59:59Z",
    "2020-01-01T00:00:00.000000001Z",
    "2020-01-01T00:00:00.000000002Z",
  ].map(readInstant);
  expect(early).toBe(-59_011_459_201_000_000_000n);
  expect((next ?? 0n) - (late ?? 0n)).toBe(1n);
  expect(readInstant("2000-02-29T00:00:00Z")).toBeDefined();
  expect(readInstant("1900-02-29T00:00:00Z")).toBeUndefined();
});

test("decimals are compared without rounding", () => {
  const compare = (a: string, b: string) => {
    const [left, right] = [readDecimal(a), readDecimal(b)];
    return left === undefined || right === undefined ? undefined : compareDecimals(left, right);
  };
  expect(compare("9007199254740993", "9007199254740992")).toBe(1);
  expect(compare("0.1", "0.10")).toBe(0);
  expect(compare("-0", "0")).toBe(0);
  expect(compare("1.0000000000000000000001", "1")).toBe(1);
});

test("addresses: IPv6 in its spellings, IPv4 in the mapped range", () => {
  expect(readAddressBlock("2001:DB8::1")).toEqual(readAddressBlock("2001:db8:0:0:0:0:0:1/128"));
  expect(readAddressBlock("::ffff:1.2.3.4")).toEqual(readAddressBlock("1.2.3.4"));
  expect(readAddressBlock("0.0.0.0/0")).toEqual({ first: 0xffffn << 32n, last: (1n << 48n) - 1n, isMapped: true });
  expect(readAddressBlock("::/0")).toEqual({ first: 0n, last: (1n << 128n) - 1n, isMapped: false });
  expect(readAddressBlock("10.1.2.3/8")).toEqual(readAddressBlock("10.0.0.0/8"));
});
