import { type Key, roleKey } from "../../../inventory/keys.js";
import { isLinkedRoleName } from "../../../inventory/linked-role-name.js";
import type { Role } from "../../../inventory/principal.js";
import { parsePolicy } from "../../../policy/parse-policy.js";
import { Refused } from "../refusal.js";
import type { SaidRole } from "../said.js";
import { demandAccount } from "./find-account.js";
import { findingAt, joinNotes, type Notes } from "./notes.js";

export interface Roles extends Notes {
  readonly roles: ReadonlyMap<Key, Role>;
}

/** Roles, each from all responses that speak of it: lists bring the names, single responses the trust policies. */
export function collectRoles(said: readonly SaidRole[], accountId: string): Roles {
  const joined = new Map<Key, SaidRole>();
  for (const role of said) {
    const owner = /^acs:ram::(\d*):/i.exec(role.arn ?? "")?.[1];
    if (owner !== undefined) demandAccount(accountId, owner, role.where);
    const key = roleKey(accountId, role.name);
    const known = joined.get(key);
    joined.set(key, known === undefined ? role : joinRoles(known, role));
  }
  const roles = new Map([...joined].map(([key, role]) => [key, toRole(role, accountId)]));
  return { roles, ...joinNotes([...joined.values()].map((role) => noteService(role, accountId))) };
}

function joinRoles(known: SaidRole, role: SaidRole): SaidRole {
  if (known.trustPolicy !== undefined && role.trustPolicy !== undefined && known.trustPolicy !== role.trustPolicy) {
    const problem = `role \`${role.name}\` has another trust policy than in \`${known.where.file}\``;
    throw new Refused("EXPORT_CONTRADICTS_ITSELF", role.where, problem, "remove the older of the two files");
  }
  return {
    ...known,
    arn: known.arn ?? role.arn,
    roleId: known.roleId ?? role.roleId,
    description: known.description ?? role.description,
    trustPolicy: known.trustPolicy ?? role.trustPolicy,
    maxSessionDuration: known.maxSessionDuration ?? role.maxSessionDuration,
    isServiceLinked: known.isServiceLinked ?? role.isServiceLinked,
  };
}

function toRole(said: SaidRole, accountId: string): Role {
  const { name, roleId, description, trustPolicy, maxSessionDuration } = said;
  const serviceName = isServiceLinked(said) ? trustedService(trustPolicy) : undefined;
  return {
    accountId,
    name,
    ...(roleId === undefined ? {} : { roleId }),
    ...(description === undefined ? {} : { description }),
    ...(trustPolicy === undefined ? {} : { trustPolicy }),
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
    ...(serviceName === undefined ? {} : { serviceName }),
  };
}

/** Resource Management says so; where its responses are missing, the name that the cloud reserves does. */
function isServiceLinked({ isServiceLinked: told, name }: SaidRole): boolean {
  return told ?? isLinkedRoleName(name);
}

/** A service-linked role trusts exactly one service. */
function trustedService(trustPolicy: string | undefined): string | undefined {
  if (trustPolicy === undefined) return undefined;
  const { statements } = parsePolicy(trustPolicy, "TRUST").value;
  const principals = statements.flatMap((statement) =>
    statement.principals === undefined || statement.principals === "UNREADABLE" ? [] : statement.principals,
  );
  const [only, ...others] = new Set(principals.filter(({ kind }) => kind === "SERVICE").map(({ text }) => text));
  return others.length === 0 && principals.every(({ kind }) => kind === "SERVICE") ? only : undefined;
}

function noteService(role: SaidRole, accountId: string): Notes {
  const { trustPolicy } = role;
  const isPlain = trustPolicy === undefined || !isServiceLinked(role);
  if (isPlain || trustedService(trustPolicy) !== undefined) return { findings: [], gaps: [] };
  const problem = `the service of service-linked role \`${role.name}\` is unknown, its trust policy does not name exactly one,`;
  const subject = roleKey(accountId, role.name);
  return { findings: [findingAt(role.where, "SERVICE_PRINCIPAL_UNKNOWN", problem, subject)], gaps: [] };
}
