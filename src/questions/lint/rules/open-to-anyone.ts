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
        const open = principalsOf(statement).find(namesAnyone);
        if (open === undefined) return [];
        const [verb, bound] = [
          type === "TRUST" ? "trusts" : "lets in",
          statement.conditions.length > 0 ? " who meets the condition" : "",
        ];
        return [
          { message: `principal \`${open.text}\` ${verb} anyone${bound}`, pointer: `${statement.pointer}/Principal` },
        ];
      }),
};

function principalsOf({ principals }: Statement): readonly PrincipalPattern[] {
  return principals === undefined || principals === "UNREADABLE" ? [] : principals;
}

/** `*`, an account of wildcards, or a service of wildcards. */
function namesAnyone({ kind, text }: PrincipalPattern): boolean {
  if (/^\*+$/.test(text)) return true;
  return kind === "RAM" && /^acs:ram:[^:]*:[*?]*\*[*?]*:/i.test(text);
}
