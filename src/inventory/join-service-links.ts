import { asciiLower } from "../policy/ascii.js";
import type { Attachment } from "./attachment.js";
import { canonicalJson } from "./canonical-json.js";
import { compareAttachments } from "./compare-attachments.js";
import { hasDocument } from "./has-document.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "./keys.js";
import { isLinkedRoleName } from "./linked-role-name.js";
import { documentMeaning } from "./merge-policies.js";
import type { Policy } from "./policy.js";
import type { Role } from "./principal.js";
import type { SourceFinding } from "./source.js";

interface Joined extends Pick<Inventory, "policies" | "attachments"> {
  /** Documents of pages that accounts contradict. */
  readonly contradicted: readonly SourceFinding[];
}

/** A role as the catalog describes it, with the policy that it prints. */
interface CatalogRole {
  readonly serviceName: string | undefined;
  readonly policy: Policy;
}

/**
 * Gives an account's service-linked roles the documents that the catalog prints, where no export brought them: such a
 * policy is fixed by its service and the same in every account, and RAM lists it on the role's page only. The catalog's
 * policy may bear the role's name, for some pages name none.
 *
 * Source: Resource Access Management, "Service-linked roles".
 */
export function joinServiceLinks(inventory: Inventory): Joined {
  const carried = new Set(inventory.attachments.map(({ policy }) => policy));
  const policies = new Map<Key, Policy>();
  for (const policy of inventory.policies) {
    const key = keyOfPolicy(policy);
    if (carried.has(key)) policies.set(key, policy);
  }
  const catalog = catalogRoles(inventory, policies);
  const linked = inventory.roles.flatMap((role) => {
    const match = findMatch(role, catalog);
    return match === undefined ? [] : [{ key: roleKey(role.accountId, role.name), policy: match }];
  });
  const borne = policiesBorneBy(inventory, new Set(linked.map(({ key }) => key)), policies);
  const filled = new Map<Key, Policy>();
  const added: Attachment[] = [];
  const contradicted = new Map<string, SourceFinding>();
  for (const { key: principal, policy } of linked) {
    const own = borne.get(principal) ?? [];
    if (own.length === 0) added.push({ policy: keyOfPolicy(policy), principal });
    for (const finding of own.flatMap((one) => overridden(policy, one))) contradicted.set(finding.message, finding);
    for (const bare of own.filter((one) => !hasDocument(one))) {
      if (!filled.has(keyOfPolicy(bare))) filled.set(keyOfPolicy(bare), fill(bare, policy));
    }
  }
  return {
    policies:
      filled.size === 0 ? inventory.policies : inventory.policies.map((one) => filled.get(keyOfPolicy(one)) ?? one),
    attachments: insertAll(inventory.attachments, added),
    contradicted: [...contradicted.values()],
  };
}

/** By the role's name in lower case; roles whose document no page prints are left out. */
function catalogRoles(inventory: Inventory, policies: ReadonlyMap<Key, Policy>): ReadonlyMap<string, CatalogRole> {
  const roles = new Map(
    inventory.roles
      .filter(({ accountId }) => accountId === CATALOG_ACCOUNT)
      .map((role) => [roleKey(role.accountId, role.name), role]),
  );
  const described = new Map<string, CatalogRole>();
  for (const { policy: key, principal } of inventory.attachments) {
    const [role, policy] = [roles.get(principal), policies.get(key)];
    if (role === undefined || policy === undefined || !hasDocument(policy)) continue;
    described.set(asciiLower(role.name), { serviceName: role.serviceName, policy });
  }
  return described;
}

/**
 * The catalog's policy for a role of an account. The service has to be the same one, where the page tells it; a role whose trust policy was not
 * exported is known by its name, which the cloud reserves. A suffix behind `_` tells roles of one service apart.
 */
function findMatch(role: Role, catalog: ReadonlyMap<string, CatalogRole>): Policy | undefined {
  if (role.accountId === CATALOG_ACCOUNT) return undefined;
  // Nearly all roles are ordinary ones, and a large account has very many.
  if (role.serviceName === undefined && role.trustPolicy !== undefined) return undefined;
  const name = asciiLower(role.name);
  const described = catalog.get(name) ?? catalog.get(name.replace(/_[^_]*$/, ""));
  if (described === undefined) return undefined;
  const { serviceName = role.serviceName } = described;
  const isTold = role.serviceName !== undefined && role.serviceName === serviceName;
  const isNamed = role.serviceName === undefined && role.trustPolicy === undefined && isLinkedRoleName(role.name);
  return isTold || isNamed ? described.policy : undefined;
}

/** A page may call the policy otherwise than RAM does, so one document can stand under two names. */
function overridden(printed: Policy, own: Policy): readonly SourceFinding[] {
  const [page, account] = [documentOf(printed), documentOf(own)];
  if (keyOfPolicy(printed) === keyOfPolicy(own) || page === undefined || account === undefined) return [];
  if (canonicalJson(documentMeaning(page)) === canonicalJson(documentMeaning(account))) return [];
  const sourceKey = printed.sourceKey ?? "";
  return [
    {
      code: "FACT_OVERRIDDEN",
      severity: "WARNING",
      message: `policy \`${printed.name}\` is stated otherwise by \`${sourceKey}\` than policy \`${own.name}\` by \`${own.sourceKey ?? ""}\`, which holds for the account`,
      sourceKey,
      subject: keyOfPolicy(printed),
    },
  ];
}

const documentOf = ({ versions }: Policy) => versions.find(({ isDefault }) => isDefault)?.documentText;

function policiesBorneBy(
  { attachments }: Inventory,
  principals: ReadonlySet<Key>,
  policies: ReadonlyMap<Key, Policy>,
): ReadonlyMap<Key, readonly Policy[]> {
  const borne = new Map<Key, Policy[]>();
  for (const { policy: key, principal } of attachments) {
    const policy = policies.get(key);
    if (!principals.has(principal) || policy?.type !== "SERVICE_LINKED") continue;
    borne.set(principal, [...(borne.get(principal) ?? []), policy]);
  }
  return borne;
}

function fill(bare: Policy, { versions, sourceKey }: Policy): Policy {
  return { ...bare, versions, ...(sourceKey === undefined ? {} : { sourceKey }) };
}

/** Merges into a list that is in the order of its keys: a million attachments are not sorted again for a few. */
function insertAll(sorted: readonly Attachment[], added: readonly Attachment[]): readonly Attachment[] {
  if (added.length === 0) return sorted;
  const waiting = added.toSorted(compareAttachments);
  const merged: Attachment[] = [];
  let next = 0;
  for (const attachment of sorted) {
    for (let one = waiting[next]; one !== undefined && compareAttachments(one, attachment) < 0; one = waiting[++next]) {
      merged.push(one);
    }
    merged.push(attachment);
  }
  return merged.concat(waiting.slice(next));
}
