import { asciiLower } from "../ascii.js";
import { divide } from "../patterns/divide.js";
import { STATE_BUDGET } from "../patterns/find-word.js";
import { compileLiteral, compileWildcards, type Program } from "../patterns/program.js";
import { matchesWildcard } from "../wildcard.js";
import type { OperatorFamily } from "./operator.js";

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
  representatives: (tests) => {
    const unions = tests.map(({ positiveName, values }) => values.map((value) => compileValue(positiveName, value)));
    const { words, isExact } = divide([[compileWildcards("*")]], [], unions, { left: STATE_BUDGET });
    return isExact ? words : undefined;
  },
};

function compileValue(positiveName: string, value: string): Program {
  if (positiveName === "StringLike") return compileWildcards(value);
  return compileLiteral(value, positiveName === "StringEqualsIgnoreCase");
}
