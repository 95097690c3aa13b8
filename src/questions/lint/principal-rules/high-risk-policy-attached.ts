import { reachesOf } from "../../../grants/reaches-of.js";
import { describeWay } from "../describe-way.js";
import type { PrincipalRule } from "../principal-rule.js";

export const highRiskPolicyAttached: PrincipalRule = {
  code: "HIGH_RISK_POLICY_ATTACHED",
  severity: "SECURITY_WARNING",
  why: "The cloud itself warns against granting the policy without need: it lets its holder read or destroy everything, or grant rights to others.",
  mend: "Attach a policy that holds what is needed, or grant it within a resource group.",
  find: (snapshot, { key }) =>
    reachesOf(snapshot, key).flatMap((attachment) => {
      const policy = snapshot.policies.get(attachment.policy)?.policy;
      if (policy?.isHighRisk !== true) return [];
      const message = `\`${policy.name}\` is attached${describeWay(snapshot, key, attachment)}, which the cloud warns against`;
      return [{ message, subject: attachment.policy }];
    }),
};
