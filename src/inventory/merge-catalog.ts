import { asciiLower } from "../policy/ascii.js";
import type { Attachment } from "./attachment.js";
import type { CatalogBatch, ServiceLinkedRoleFact } from "./batch.js";
import { compareBytes, sortByKey } from "./byte-order.js";
import type { Operation } from "./catalog.js";
import { actionPatternsIn } from "./document-actions.js";
import type { Catalog } from "./inventory.js";
import { CATALOG_ACCOUNT, policyKey, roleKey } from "./keys.js";
import { linkServices } from "./link-services.js";
import { type MergedActions, mergeActions } from "./merge-actions.js";
import { mergeOperations } from "./merge-operations.js";
import { linkedPolicyName, mergePolicies } from "./merge-policies.js";
import { buildCreationPolicy, type LinkedRole, mergeRoles, toRole } from "./merge-roles.js";
import { mergeServices } from "./merge-services.js";
import { mergeVocabulary } from "./merge-vocabulary.js";
import type { Policy } from "./policy.js";
import type { Role } from "./principal.js";
import { indexProductNames } from "./product-names.js";
import { sourcesOfServices } from "./service-sources.js";
import type { SourceFinding } from "./source.js";
import { orderByPrecedence, type Stated, statedBy } from "./stated.js";

/** What all documentation pages together say. Lists are in the byte order of their natural keys. */
export interface MergedCatalog extends Catalog {
  /** The service-linked roles, of the account `catalog`. */
  readonly roles: readonly Role[];
  /** System policies and the policies of service-linked roles. */
  readonly policies: readonly Policy[];
  /** Each service-linked role with its policy, at account scope. */
  readonly attachments: readonly Attachment[];
  /** What the pages' own readings found, and where pages disagree. */
  readonly findings: readonly SourceFinding[];
}

/**
 * Joins what single pages say into one catalog. The result does not depend on the order of the batches: where pages
 * disagree the newer one holds (`Source.updatedAt`), then the one whose source key comes first, and the loser is a
 * finding `FACT_OVERRIDDEN`. Of two batches of one source only the newer counts.
 */
export function mergeCatalog(batches: readonly CatalogBatch[]): MergedCatalog {
  const pages = orderByPrecedence(batches);
  const operations = mergeOperations(pages);
  const rows = operations.facts.map(({ fact }) => fact);
  const mentions = findMentions(pages);
  const actions = mergeActions(rows, mentions);
  const vocabulary = mergeVocabulary(pages, rows);
  const roles = mergeRoles(pages);
  const named = statedBy(pages, (facts) => facts.services).map(({ fact }) => fact);
  const facts = [...named, ...vocabulary.resourceTypes, ...vocabulary.conditionKeys, ...actions.actions, ...rows];
  const codes = new Set(facts.flatMap(codeOf));
  const resolve = indexProductNames(named, codes);
  const policies = mergePolicies(pages, roles.facts, resolve);
  const links = linkServices(roles.facts, resolve);
  const owners = roles.facts.flatMap(({ source }, index) => {
    const owner = links.serviceLinks[index]?.service;
    return owner === undefined ? [] : [{ source, fact: owner }];
  });
  const sources = sourcesOfServices(
    statedBy(pages, (page) => [page]),
    mentions,
    owners,
  );
  const services = mergeServices(pages, [...codes, ...owners.map(({ fact }) => fact)], sources);
  return {
    services: services.services,
    actions: actions.actions,
    operations: rows.map((row) => spellActions(row, actions)),
    resourceTypes: vocabulary.resourceTypes,
    conditionKeys: vocabulary.conditionKeys,
    serviceLinks: links.serviceLinks,
    serviceDependencies: links.serviceDependencies,
    roles: roles.facts.map(toRole),
    policies: policies.policies,
    attachments: sortByKey(roles.facts.map(toAttachment), ({ policy, principal }) => `${policy}\0${principal}`),
    findings: sortFindings([
      ...pages.flatMap(({ source, findings }) => findings.map((finding) => ({ ...finding, sourceKey: source.key }))),
      ...[operations, actions, vocabulary, roles, policies, links, services].flatMap(({ findings }) => findings),
    ]),
  };
}

/** Every action name that a page writes outside of an authorization table's first column. */
function findMentions(pages: readonly CatalogBatch[]): readonly Stated<string>[] {
  return statedBy(pages, ({ actions, operations, policies, roles }) =>
    [
      ...actions,
      ...operations.flatMap(({ dependentActions }) => dependentActions),
      ...policies.flatMap(({ document }) => (document === undefined ? [] : actionPatternsIn(document))),
      ...roles.flatMap(actionsOfRole),
    ].map((name) => name.trim()),
  );
}

function actionsOfRole({ document, creationPolicy, serviceName }: ServiceLinkedRoleFact): readonly string[] {
  const built = serviceName === undefined ? undefined : buildCreationPolicy(serviceName);
  return [document, creationPolicy ?? built].flatMap((text) => (text === undefined ? [] : actionPatternsIn(text)));
}

/** The RAM code that a fact speaks of, in lower case; none for what all services share. */
function codeOf(fact: { readonly code?: string; readonly service?: string }): readonly string[] {
  const code = fact.code ?? fact.service;
  return code === undefined ? [] : [asciiLower(code)];
}

function spellActions(operation: Operation, { spell }: MergedActions): Operation {
  return { ...operation, action: spell(operation.action), dependentActions: operation.dependentActions.map(spell) };
}

function toAttachment({ fact }: Stated<LinkedRole>): Attachment {
  return {
    policy: policyKey("SERVICE_LINKED", undefined, linkedPolicyName(fact)),
    principal: roleKey(CATALOG_ACCOUNT, fact.name),
  };
}

/** By source, then by place; findings of one place keep the order in which they were found. */
function sortFindings(findings: readonly SourceFinding[]): readonly SourceFinding[] {
  return [...findings].sort(
    (a, b) =>
      compareBytes(a.sourceKey, b.sourceKey) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareBytes(a.code, b.code) ||
      compareBytes(a.message, b.message),
  );
}
