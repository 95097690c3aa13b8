import { asciiLower } from "../ascii.js";
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
};
