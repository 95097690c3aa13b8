import { type Key, roleKey } from "../inventory/keys.js";
import { trustOfService } from "../inventory/merge-roles.js";
import type { Role } from "../inventory/principal.js";
import type { Statement } from "../policy/document.js";
import type { Grant } from "../policy/grant.js";
import { unreadableStatement } from "../policy/parse/read-statement.js";
import { parsePolicy } from "../policy/parse-policy.js";

/**
 * The statements of a role's trust policy, which say who may assume it. A role whose trust policy was not exported has one
 * statement of which nothing is known; a service-linked role is assumed by its service alone, so there it is known. The
 * grants name the role as the place that they stand in.
 *
 * Source: RAM, "Service-linked roles".
 */
export function compileTrust(role: Role): readonly Grant[] {
  const policy: Key = roleKey(role.accountId, role.name);
  const text = role.trustPolicy ?? (role.serviceName === undefined ? undefined : trustOfService(role.serviceName));
  const statements =
    text === undefined
      ? [unreadableStatement("", { code: "TRUST_POLICY_MISSING", pointer: "", text: "" })]
      : parsePolicy(text, "TRUST").value.statements;
  const counting = role.serviceName === undefined ? statements : statements.map(namingServicesOnly);
  return counting.map((statement) => ({ statement, layer: "ASSUME_ROLE_POLICY", policy }));
}

/** No user, role or provider assumes a service-linked role, so what its trust policy says of them counts for nothing. */
function namingServicesOnly(statement: Statement): Statement {
  const { principals } = statement;
  if (principals === undefined || principals === "UNREADABLE") return statement;
  return { ...statement, principals: principals.filter(({ kind }) => kind === "SERVICE") };
}
