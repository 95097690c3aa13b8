import { type Key, roleKey } from "../inventory/keys.js";
import type { Role } from "../inventory/principal.js";
import type { Grant } from "../policy/grant.js";
import { unreadableStatement } from "../policy/parse/read-statement.js";
import { parsePolicy } from "../policy/parse-policy.js";

/**
 * The statements of a role's trust policy, which say who may assume it. A role whose trust policy was not exported has one
 * statement of which nothing is known. The grants name the role as the place that they stand in.
 */
export function compileTrust(role: Role): readonly Grant[] {
  const policy: Key = roleKey(role.accountId, role.name);
  const statements =
    role.trustPolicy === undefined
      ? [unreadableStatement("", { code: "TRUST_POLICY_MISSING", pointer: "", text: "" })]
      : parsePolicy(role.trustPolicy, "TRUST").value.statements;
  return statements.map((statement) => ({ statement, layer: "ASSUME_ROLE_POLICY", policy }));
}
