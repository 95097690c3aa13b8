import { coversAction } from "../../../policy/action-pattern.js";
import type { Statement } from "../../../policy/document.js";
import { isWholeService } from "../broad-reach.js";
import type { LintRule } from "../lint-rule.js";
import { listedActions, mayAllow } from "../listed-patterns.js";

export const passRoleWithoutService: LintRule = {
  code: "PASS_ROLE_WITHOUT_SERVICE",
  severity: "SECURITY_WARNING",
  why: "`ram:PassRole` hands a role to a cloud service, which then acts with its rights; without `acs:Service` to any service that the role trusts.",
  mend: "Add a condition on `acs:Service` with the service that is meant, such as `fc.aliyuncs.com`, and name the role.",
  example: { document: [{ Effect: "Allow", Action: "ram:PassRole", Resource: "acs:ram:*:*:role/job-*" }] },
  find: ({ statements, type }) =>
    statements
      .filter((statement) => type === "IDENTITY" && mayAllow(statement) && !namesService(statement))
      .flatMap(listedActions)
      .filter(({ pattern }) => !isWholeService(pattern.folded) && coversAction(pattern, "ram:passrole"))
      .map(({ pattern, pointer }) => ({ message: `\`${pattern.text}\` passes roles to any service`, pointer })),
};

function namesService({ conditions, unreadable }: Statement): boolean {
  return (
    conditions.some(({ foldedKey, isNegated }) => foldedKey === "acs:service" && !isNegated) ||
    unreadable.some(({ key }) => key?.toLowerCase() === "acs:service")
  );
}
