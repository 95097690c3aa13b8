import { principalArn } from "../../grants/arn-of.js";
import { serviceLinkOf } from "../../grants/service-link-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { ServiceLink } from "../../inventory/catalog.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT, roleKey, serviceKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { readRequestArn } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { AccessQuestion } from "../access/access-question.js";
import { actionPart } from "../access/action-part.js";

/** What the facts say of the end of a role. */
export interface RoleDeletion {
  /** Plain sentences: what stops working. */
  readonly lostFeatures: readonly string[];
  /** What must be deleted before the role can be, as its page says. */
  readonly mustRemoveFirst: readonly string[];
  /** Its service makes it again when it is needed next. */
  readonly canBeRecreated: boolean;
  /** No page tells what the role is for. */
  readonly isPurposeUnknown: boolean;
}

/**
 * What is lost with a role: of a service-linked one what its page says stops working, else what the page says it is for; of any
 * other what the services that it trusts can no longer do.
 *
 * Source: RAM, "Service-linked roles".
 */
export function roleDeletion(snapshot: Snapshot, role: Role): RoleDeletion {
  const described = snapshot.catalog.serviceLinks.get(roleKey(CATALOG_ACCOUNT, role.name));
  if (!isServiceLinked(role)) {
    const lostFeatures = servicesTrusted(snapshot, role).map((name) => `${name} can no longer act with the role`);
    return { lostFeatures, mustRemoveFirst: [], canBeRecreated: false, isPurposeUnknown: false };
  }
  const link: ServiceLink | undefined = serviceLinkOf(snapshot, role) ?? described;
  const lostFeatures = link === undefined ? [] : featuresOf(snapshot, link);
  return {
    lostFeatures,
    mustRemoveFirst: link?.prerequisitesForDeletion ?? [],
    canBeRecreated: true,
    isPurposeUnknown: lostFeatures.length === 0,
  };
}

function featuresOf(
  { catalog }: Snapshot,
  { consequences, purpose, service = "", roleName }: ServiceLink,
): readonly string[] {
  if (consequences.length > 0) return consequences;
  const ofService = catalog.dependenciesFrom.get(serviceKey(service)) ?? [];
  const dependencies = ofService.filter((each) => asciiLower(each.roleName) === asciiLower(roleName));
  const purposes = [purpose, ...dependencies.map((each) => each.purpose)].flatMap((each) => each ?? []);
  return [...new Set(purposes)].map((each) => `no longer possible: ${each}`);
}

function servicesTrusted({ trusts }: Snapshot, { accountId, name }: Role): readonly string[] {
  const statements = (trusts.get(roleKey(accountId, name)) ?? []).map(({ statement }) => statement);
  const services = statements
    .filter(({ effect }) => effect === "ALLOW")
    .flatMap(({ principals }) => (principals === undefined || principals === "UNREADABLE" ? [] : principals))
    .filter(({ kind }) => kind === "SERVICE");
  return [...new Set(services.map(({ text }) => text))].toSorted();
}

/**
 * May somebody delete the role? The service of a service-linked one is part of the request, as for every such call.
 */
export function deletionQuestion(snapshot: Snapshot, role: Role): AccessQuestion {
  const action = isServiceLinked(role) ? "ram:DeleteServiceLinkedRole" : "ram:DeleteRole";
  const arn = principalArn("role", role.accountId, role.name);
  const resource = readRequestArn(arn);
  if (resource === undefined) throw new Error(`\`${arn}\` of a role is no ARN`);
  return {
    actions: { mode: "ALL", parts: [actionPart(snapshot, action)], text: action },
    resource: { form: "EACH", resources: [resource], text: arn },
    context: OPEN_CONTEXT,
    remarks: [],
  };
}
