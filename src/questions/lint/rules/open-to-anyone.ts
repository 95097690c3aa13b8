import type { Statement } from "../../../policy/document.js";
import type { PrincipalPattern } from "../../../policy/principal-pattern.js";
import type { LintRule } from "../lint-rule.js";

export const openToAnyone: LintRule = {
  code: "OPEN_TO_ANYONE",
  severity: "SECURITY_WARNING",
  why: "A principal of `*` is everybody: every account of the cloud, and for a bucket also those who never log on.",
  mend: "Name the accounts, users, roles or services that are meant.",
  example: { type: "TRUST", document: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: "*" } }] },
  find: ({ statements, type }) =>
    statements
      .filter(({ effect }) => effect === "ALLOW")
      .flatMap((statement) => {
        const open = principalsOf(statement).find(
          ({ kind, text }) => ANYONE.test(text) || (kind === "RAM" && ANY_ACCOUNT.test(text)),
        );
        if (open === undefined) return [];
        const verb = type === "TRUST" ? "trusts" : "lets in";
        const whom = ANYONE.test(open.text) ? "anyone" : "any account";
        const bound = statement.conditions.length > 0 ? " that meets the condition" : "";
        return [{ message: `\`${open.text}\` ${verb} ${whom}${bound}`, pointer: `${statement.pointer}/Principal` }];
      }),
};

const ANYONE = /^\*+$/;
/** An account of wildcards. */
const ANY_ACCOUNT = /^acs:ram:[^:]*:[*?]*\*[*?]*:/i;

function principalsOf({ principals }: Statement): readonly PrincipalPattern[] {
  return principals === undefined || principals === "UNREADABLE" ? [] : principals;
}
