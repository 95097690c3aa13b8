import { asciiLower } from "../../../policy/ascii.js";
import type { Budget } from "../../../policy/patterns/budget.js";
import type { LintRule, Remark } from "../lint-rule.js";
import { type Listed, listedActions, listedResources } from "../listed-patterns.js";
import { coversActionPattern, coversResourcePattern } from "../statement-cover.js";

export const redundantPattern: LintRule = {
  code: "REDUNDANT_PATTERN",
  severity: "SUGGESTION",
  why: "Another pattern of the same list covers all that this one does. It lengthens the document, and hides how wide the list is.",
  mend: "Remove it, or the wider pattern if that is wider than was meant.",
  example: { document: [{ Effect: "Allow", Action: ["ecs:Describe*", "ecs:DescribeInstances"], Resource: "*" }] },
  find: ({ statements, budget }) =>
    statements.flatMap((statement) => [
      ...redundant(listedActions(statement), coversActionPattern, budget),
      ...redundant(listedResources(statement), coversResourcePattern, budget),
    ]),
};

function redundant<P extends { readonly text: string }>(
  list: readonly Listed<P>[],
  covers: (outer: P, inner: P, budget: Budget) => boolean,
  budget: Budget,
): readonly Remark[] {
  return list.flatMap(({ pattern, pointer }, index) => {
    const wider = list.find(
      (each, other) =>
        other !== index &&
        budget.left >= 0 &&
        covers(each.pattern, pattern, budget) &&
        (other < index || !covers(pattern, each.pattern, budget)),
    );
    if (wider === undefined) return [];
    const isTwin = asciiLower(wider.pattern.text) === asciiLower(pattern.text);
    const reason = isTwin ? "stands in the list twice" : `is covered by \`${wider.pattern.text}\` of the same list`;
    return [{ message: `\`${pattern.text}\` ${reason}`, pointer }];
  });
}
