import type { PolicyDocumentType } from "../../../policy/document.js";
import type { LintRule } from "../lint-rule.js";
import { mayAllow } from "../listed-patterns.js";
import { mayOverlap } from "../statement-cover.js";

export const denyWithoutEffect: LintRule = {
  code: "DENY_WITHOUT_EFFECT",
  severity: "SUGGESTION",
  why: "What a trust or session policy does not allow is refused anyway, so a Deny on what none of its Allows reaches changes nothing. In other policies a Deny may bound what yet another policy allows; of those that are attached IDLE_DENY tells.",
  mend: "Remove the Deny, or mend its actions and resources.",
  example: {
    type: "SESSION",
    document: [
      { Effect: "Allow", Action: "oss:Get*", Resource: "*" },
      { Effect: "Deny", Action: "ecs:*", Resource: "*" },
    ],
  },
  find: ({ statements, type, budget }) => {
    const allows = statements.filter(mayAllow);
    return statements
      .filter(({ effect }) => effect === "DENY" && CLOSED_TYPES.has(type))
      .filter((deny) => !allows.some((allow) => mayOverlap(allow, deny, budget)))
      .map(({ pointer }) => ({ message: "nothing that this statement denies is allowed by another", pointer }));
  },
};

/** Documents that stand alone: what they do not allow, no other document can. */
const CLOSED_TYPES: ReadonlySet<PolicyDocumentType> = new Set(["TRUST", "SESSION"]);
