import { asciiLower } from "../policy/ascii.js";
import { sortByKey } from "./byte-order.js";
import type { ServiceDependency, ServiceLink } from "./catalog.js";
import { servicesGrantedBy } from "./document-actions.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "./keys.js";
import { buildCreationPolicy, type LinkedRole } from "./merge-roles.js";
import type { ResolveProduct } from "./product-names.js";
import type { SourceFinding } from "./source.js";
import type { Stated } from "./stated.js";

export interface LinkedServices {
  readonly serviceLinks: readonly ServiceLink[];
  readonly serviceDependencies: readonly ServiceDependency[];
  readonly findings: readonly SourceFinding[];
}

/** Ties every role to the service that owns it and to the services that it reaches. */
export function linkServices(roles: readonly Stated<LinkedRole>[], resolve: ResolveProduct): LinkedServices {
  const links = roles.map(({ fact }) => toLink(fact, resolve));
  const dependencies = roles.flatMap(({ fact }) => findDependencies(fact, resolve));
  return {
    serviceLinks: links,
    serviceDependencies: sortByKey(dependencies, dependencyKey),
    findings: roles.flatMap((role) => findUnknownLabels(role, resolve)),
  };
}

/** No part holds a NUL, so parts cannot run into each other. */
function dependencyKey({ from, to, roleName }: ServiceDependency): Key {
  return [from, to, asciiLower(roleName)].join("\0");
}

/** The page's product tells the service; without it, the service principal does: `connector.alikafka.aliyuncs.com`. */
function ownerOf({ product, serviceName }: LinkedRole, resolve: ResolveProduct): string | undefined {
  const byProduct = product === undefined ? undefined : resolve(product);
  return byProduct ?? (serviceName === undefined ? undefined : codeInPrincipal(serviceName));
}

/** `alikafka` for `connector.alikafka.aliyuncs.com`. */
export function codeInPrincipal(serviceName: string): string {
  return /([^.]+)\.aliyuncs\.com$/.exec(asciiLower(serviceName))?.[1] ?? asciiLower(serviceName);
}

function toLink(role: LinkedRole, resolve: ResolveProduct): ServiceLink {
  const service = ownerOf(role, resolve);
  const { serviceName } = role;
  const creationPolicy =
    role.creationPolicy ?? (serviceName === undefined ? undefined : buildCreationPolicy(serviceName));
  return {
    roleName: role.name,
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(service === undefined ? {} : { service }),
    ...(role.createdWhen === undefined ? {} : { createdWhen: role.createdWhen }),
    ...(role.purpose === undefined ? {} : { purpose: role.purpose }),
    prerequisitesForDeletion: role.prerequisitesForDeletion,
    consequences: role.consequences,
    ...(creationPolicy === undefined ? {} : { creationPolicy }),
    isCreationPolicyBuilt: role.creationPolicy === undefined,
  };
}

function findDependencies(role: LinkedRole, resolve: ResolveProduct): readonly ServiceDependency[] {
  const from = ownerOf(role, resolve);
  if (role.document === undefined || from === undefined) return [];
  const reached = [...servicesGrantedBy(role.document)].filter((service) => service !== from);
  return reached.map((to) => {
    const purposes = role.servicePurposes.filter(({ label }) => resolve(label) === to).map(({ purpose }) => purpose);
    const purpose = [...new Set(purposes)].join("; ");
    return { from, to, roleName: role.name, ...(purpose === "" ? {} : { purpose }) };
  });
}

function findUnknownLabels({ source, fact }: Stated<LinkedRole>, resolve: ResolveProduct): readonly SourceFinding[] {
  const labels = fact.servicePurposes.map(({ label }) => label);
  const written = fact.product === undefined ? labels : [fact.product, ...labels];
  const unknown = written.filter((label) => resolve(label) === undefined);
  return [...new Set(unknown)].map((label) => ({
    code: "UNKNOWN_PRODUCT_LABEL",
    severity: "WARNING",
    message: `\`${label}\`, written for role \`${fact.name}\` on \`${source.title}\`, is not the name of exactly one known service`,
    sourceKey: source.key,
    subject: roleKey(CATALOG_ACCOUNT, fact.name),
  }));
}
