import type { CompiledPrincipal } from "../../../grants/compiled-principal.js";
import type { PolicyType } from "../../../inventory/policy.js";
import type { PrincipalRule } from "../principal-rule.js";

export const tooManyPolicies: PrincipalRule = {
  code: "TOO_MANY_POLICIES",
  severity: "SUGGESTION",
  why: "RAM attaches at most 20 system policies, and 10 custom ones to a user or 5 to a role, unless the quota was raised; each scope counts by itself. Beyond the quota the next attachment fails.",
  mend: "Join policies, or grant them by groups.",
  find: ({ attachmentsOfPrincipal, policies }, principal) => {
    const counts = new Map<string, { readonly type: PolicyType; readonly count: number }>();
    for (const { policy, resourceGroupId } of attachmentsOfPrincipal.get(principal.key) ?? []) {
      const type = policies.get(policy)?.policy.type;
      if (type === undefined) continue;
      const scope = `${type} ${resourceGroupId === undefined ? "account" : "resource group"}`;
      counts.set(scope, { type, count: (counts.get(scope)?.count ?? 0) + 1 });
    }
    return [...counts].flatMap(([scope, { type, count }]) => {
      const limit = limitOf(principal, type);
      if (count <= limit) return [];
      return [{ message: `${count} policies of scope ${scope} are attached, ${limit} is the default quota` }];
    });
  },
};

function limitOf({ kind }: CompiledPrincipal, type: PolicyType): number {
  if (type !== "CUSTOM") return 20;
  return kind === "USER" ? 10 : 5;
}
