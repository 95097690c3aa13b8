import type { ActionPattern } from "../../../policy/action-pattern.js";
import { coversAction } from "../../../policy/action-pattern.js";
import { firstOf, isWholeService, reachesEverything } from "../broad-reach.js";
import type { LintRule } from "../lint-rule.js";
import { listedActions, mayAllow } from "../listed-patterns.js";

export const broadPermissionManagement: LintRule = {
  code: "BROAD_PERMISSION_MANAGEMENT",
  severity: "SECURITY_WARNING",
  why: "Whoever attaches policies, rewrites them, or makes keys and passwords for any identity can give themselves every right.",
  mend: "Name the users, groups, roles and policies that may be managed.",
  example: { document: [{ Effect: "Allow", Action: "ram:AttachPolicyToUser", Resource: "*" }] },
  find: ({ statements, type }) =>
    statements
      .filter((statement) => type === "IDENTITY" && mayAllow(statement) && reachesEverything(statement))
      .flatMap((statement) => {
        const managing = listedActions(statement).filter(({ pattern }) => managesPermissions(pattern));
        const [first] = managing;
        if (first === undefined) return [];
        const names = firstOf(managing.map(({ pattern }) => pattern.text));
        return [{ message: `${names} may change anybody's rights`, pointer: first.pointer }];
      }),
};

/** Actions by which an identity gains rights, or another loses the bounds of its own. */
const MANAGING: readonly string[] = [
  ...actionsOf("ram", "attachpolicytouser attachpolicytogroup attachpolicytorole"),
  ...actionsOf("ram", "detachpolicyfromuser detachpolicyfromgroup detachpolicyfromrole deletepolicy"),
  ...actionsOf("ram", "createpolicyversion setdefaultpolicyversion deletepolicyversion"),
  ...actionsOf("ram", "addusertogroup removeuserfromgroup updaterole"),
  ...actionsOf("ram", "createaccesskey createloginprofile updateloginprofile"),
  ...actionsOf("ram", "unbindmfadevice deletevirtualmfadevice setsecuritypreference setpasswordpolicy"),
  ...actionsOf("ims", "createaccesskey createloginprofile updateloginprofile addusertogroup"),
  ...actionsOf("ims", "createsamlprovider updatesamlprovider createoidcprovider updateoidcprovider setuserssosettings"),
  ...actionsOf("resourcemanager", "attachpolicy detachpolicy attachcontrolpolicy detachcontrolpolicy"),
  ...actionsOf("resourcemanager", "updatecontrolpolicy deletecontrolpolicy disablecontrolpolicy"),
  ...actionsOf("oss", "putbucketpolicy"),
];

function actionsOf(service: string, names: string): readonly string[] {
  return names.split(" ").map((name) => `${service}:${name}`);
}

/** Whole services are reported for what they are. */
function managesPermissions(pattern: ActionPattern): boolean {
  return !isWholeService(pattern.folded) && MANAGING.some((action) => coversAction(pattern, action));
}
