import type { LintRule } from "../lint-rule.js";

export const wildcardIsLiteral: LintRule = {
  code: "WILDCARD_IS_LITERAL",
  severity: "WARNING",
  why: "Only `StringLike` and `StringNotLike` know wildcards. `StringEquals` compares `*` with a star, which hardly any request carries.",
  mend: "Use `StringLike` or `StringNotLike`, or write the value without the star.",
  example: {
    document: [
      { Effect: "Deny", Action: "oss:*", Resource: "*", Condition: { StringNotEquals: { "acs:SourceVpc": "vpc-*" } } },
    ],
  },
  find: ({ statements }) =>
    statements.flatMap(({ conditions }) =>
      conditions
        .filter(({ positiveName }) => EXACT.has(positiveName))
        .flatMap(({ operator, values, pointer }) => {
          const value = values.find((each) => each.includes("*") && !MASKED.test(each));
          const message = `\`${operator}\` takes the \`*\` of \`${value ?? ""}\` as a plain character`;
          return value === undefined ? [] : [{ message, pointer }];
        }),
    ),
};

/** Published documents mask digits of ids by a row of stars. */
const MASKED = /\*{3}/;

const EXACT: ReadonlySet<string> = new Set(["StringEquals", "StringEqualsIgnoreCase"]);
