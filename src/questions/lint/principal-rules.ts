import type { PrincipalRule } from "./principal-rule.js";
import { danglingTrust } from "./principal-rules/dangling-trust.js";
import { highRiskPolicyAttached } from "./principal-rules/high-risk-policy-attached.js";
import { policyNotKnown } from "./principal-rules/policy-not-known.js";
import { tooManyPolicies } from "./principal-rules/too-many-policies.js";

/** Everything that is looked for in users and roles, beyond their documents. */
export const PRINCIPAL_RULES: readonly PrincipalRule[] = [
  highRiskPolicyAttached,
  danglingTrust,
  policyNotKnown,
  tooManyPolicies,
];
