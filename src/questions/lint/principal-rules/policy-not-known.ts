import { MISSING_DOCUMENT } from "../../../grants/compiled-policy.js";
import { reachesOf } from "../../../grants/reaches-of.js";
import { describeWay } from "../describe-way.js";
import type { PrincipalRule } from "../principal-rule.js";

export const policyNotKnown: PrincipalRule = {
  code: "POLICY_NOT_KNOWN",
  severity: "WARNING",
  why: "Only the name of the policy is known, so every answer that it could touch is UNDETERMINED.",
  mend: "Export the policy with `ram.GetPolicy`, or import the documentation page that prints it.",
  find: (snapshot, { key }) =>
    reachesOf(snapshot, key).flatMap((attachment) => {
      const compiled = snapshot.policies.get(attachment.policy);
      const isMissing = compiled?.document.statements.some(({ unreadable }) =>
        unreadable.some(({ code }) => code === MISSING_DOCUMENT),
      );
      if (compiled === undefined || isMissing !== true) return [];
      const way = describeWay(snapshot, key, attachment);
      const message = `\`${compiled.policy.name}\` is attached${way} and its document is not known`;
      return [{ message, subject: attachment.policy }];
    }),
};
