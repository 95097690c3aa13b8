import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { roleKey } from "../../inventory/keys.js";
import { isLinkedRoleName } from "../../inventory/linked-role-name.js";
import type { Snapshot } from "../snapshot.js";
import { accountProblem } from "./account-problem.js";
import { type Effect, quote, type Reference, type RoleDraft, refuse } from "./change.js";
import { SUPPOSED_SOURCE } from "./supposed-source.js";

/**
 * Makes a role that carries nothing yet, or gives the one of that name another trust policy.
 *
 * Source: RAM, CreateRole and UpdateRole.
 */
export function putRole(snapshot: Snapshot, { name, accountId, trustPolicy }: RoleDraft): Effect {
  const problem = accountProblem(snapshot, accountId);
  if (problem !== undefined) return refuse("accountId", problem);
  const known = snapshot.roles.get(roleKey(accountId, name));
  if ((known !== undefined && isServiceLinked(known)) || isLinkedRoleName(name)) {
    return refuse("name", `${quote(name)} is a service-linked role, which only its service makes and changes`);
  }
  if (known === undefined && !/^[a-z0-9._-]{1,64}$/i.test(name)) {
    return refuse(
      "name",
      `${quote(name)} cannot name a role; take 1 to 64 letters, digits, dots, hyphens and underscores`,
    );
  }
  const role = { ...(known ?? { accountId, name }), trustPolicy, sourceKey: SUPPOSED_SOURCE };
  return { change: { roles: { put: [role] }, findingsGone: [roleKey(accountId, name)] } };
}

/** Takes a role away, and its attachments with it; a role of the catalog with what its page says of services. */
export function deleteRole(snapshot: Snapshot, { key, text }: Reference): Effect {
  const role = snapshot.roles.get(key ?? "");
  if (role === undefined || key === undefined) {
    return refuse("", `there is no role ${quote(text)}; give the ARN or id of one`);
  }
  const attachments = { gone: snapshot.attachmentsOfPrincipal.get(key) ?? [] };
  return { change: { roles: { gone: [role] }, attachments, findingsGone: [key] } };
}
