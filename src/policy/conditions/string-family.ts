import { asciiLower } from "../ascii.js";
import { divide } from "../patterns/divide.js";
import type { Union } from "../patterns/find-word.js";
import { compileLiteral, compileWildcards } from "../patterns/program.js";
import { finish } from "../steps.js";
import { matchesWildcard } from "../wildcard.js";
import type { FamilyTest, OperatorFamily } from "./operator.js";

/** Exact comparison takes `*` and `?` literally; only the `Like` operators know wildcards, and they mind letter case. */
export const STRING_FAMILY: OperatorFamily<string> = {
  name: "STRING",
  readPolicyValue: (text) => text,
  readRequestValue: (text) => text,
  positive: {
    StringEquals: (expected, actual) => expected === actual,
    StringEqualsIgnoreCase: (expected, actual) => asciiLower(expected) === asciiLower(actual),
    StringLike: matchesWildcard,
  },
  negated: {
    StringNotEquals: "StringEquals",
    StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
    StringNotLike: "StringLike",
  },
  representatives: (tests, most) => {
    const { words, isExact } = finish(divide([], [], tests.map(compileStringTest), { left: most }));
    return isExact ? words : undefined;
  },
};

/** The texts that pass a positive string test, as a union of patterns. */
export function compileStringTest({ positiveName, values }: FamilyTest): Union {
  return values.map((value) =>
    positiveName === "StringLike"
      ? compileWildcards(value, false)
      : compileLiteral(value, positiveName === "StringEqualsIgnoreCase"),
  );
}
