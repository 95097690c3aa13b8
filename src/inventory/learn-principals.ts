import { asciiLower } from "../policy/ascii.js";
import type { ServiceLink } from "./catalog.js";
import type { Inventory } from "./inventory.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "./keys.js";
import { codeInPrincipal } from "./link-services.js";
import { buildCreationPolicy, trustOfService } from "./merge-roles.js";
import type { Role } from "./principal.js";
import type { SourceFinding } from "./source.js";

type Learned = Pick<Inventory, "roles" | "serviceLinks" | "findings">;

/** The principal that accounts show for a role of the catalog. */
interface Shown {
  readonly serviceName: string;
  /** Of the first account in the order of roles. */
  readonly sourceKey: Key;
}

/**
 * Gives the catalog's roles the service principals that accounts show: what an account really has holds over what a page
 * says, and fills what no page says. Accounts that contradict each other teach nothing.
 */
export function learnPrincipals({ roles, serviceLinks, findings: known }: Inventory): Learned {
  const shown = principalsShown(roles);
  const taught = new Map<Key, Shown>();
  const findings: SourceFinding[] = [];
  for (const role of roles.filter(({ accountId }) => accountId === CATALOG_ACCOUNT)) {
    const key = roleKey(CATALOG_ACCOUNT, role.name);
    const told = shown.get(asciiLower(role.name));
    if (told === undefined || asciiLower(told.serviceName) === asciiLower(role.serviceName ?? "")) continue;
    taught.set(key, told);
    if (role.serviceName !== undefined) findings.push(overridden(role, role.serviceName, told));
  }
  if (taught.size === 0) return { roles, serviceLinks, findings: known };
  return {
    roles: roles.map((role) =>
      role.accountId === CATALOG_ACCOUNT ? teachRole(role, taught.get(roleKey(CATALOG_ACCOUNT, role.name))) : role,
    ),
    serviceLinks: serviceLinks.map((link) => teachLink(link, taught)),
    findings: findings.length === 0 ? known : [...known, ...findings],
  };
}

function principalsShown(roles: readonly Role[]): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  const disputed = new Set<string>();
  for (const { accountId, name, serviceName, sourceKey } of roles) {
    if (accountId === CATALOG_ACCOUNT || serviceName === undefined) continue;
    const key = asciiLower(name);
    const before = shown.get(key);
    if (before === undefined) shown.set(key, { serviceName, sourceKey: sourceKey ?? "" });
    else if (asciiLower(before.serviceName) !== asciiLower(serviceName)) disputed.add(key);
  }
  for (const key of disputed) shown.delete(key);
  return shown;
}

function teachRole(role: Role, told: Shown | undefined): Role {
  if (told === undefined) return role;
  return { ...role, serviceName: told.serviceName, trustPolicy: trustOfService(told.serviceName) };
}

/** A printed permission for another principal would create another role, so it gives way to one that is made. */
function teachLink(link: ServiceLink, taught: ReadonlyMap<Key, Shown>): ServiceLink {
  const told = taught.get(roleKey(CATALOG_ACCOUNT, link.roleName));
  if (told === undefined) return link;
  const { serviceName } = told;
  const isByPrincipal = link.serviceName !== undefined && link.service === codeInPrincipal(link.serviceName);
  const service = isByPrincipal ? undefined : link.service;
  return {
    ...link,
    serviceName,
    service: service ?? codeInPrincipal(serviceName),
    creationPolicy: buildCreationPolicy(serviceName),
    isCreationPolicyBuilt: true,
  };
}

function overridden(role: Role, stated: string, { serviceName, sourceKey }: Shown): SourceFinding {
  const page = role.sourceKey ?? "";
  return {
    code: "FACT_OVERRIDDEN",
    severity: "WARNING",
    message: `the principal of role \`${role.name}\` is \`${stated}\` by \`${page}\` and \`${serviceName}\` by \`${sourceKey}\`, which holds`,
    sourceKey: page,
    subject: roleKey(CATALOG_ACCOUNT, role.name),
  };
}
