import type { OperatorFamily } from "./operator.js";

function readBoolean(text: string): boolean | undefined {
  const folded = text.trim().toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : undefined;
}

/** `true` and `false` in any letter case. */
export const BOOLEAN_FAMILY: OperatorFamily<boolean> = {
  name: "BOOLEAN",
  readPolicyValue: readBoolean,
  readRequestValue: readBoolean,
  positive: { Bool: (expected, actual) => expected === actual },
  negated: {},
  representatives: () => ["true", "false"],
};
