import { toPlainValue } from "../policy/json/json-node.js";
import { parseJson } from "../policy/json/parse-json.js";
import type { CatalogBatch, CatalogFacts, ServiceLinkedRoleFact, SystemPolicyFact } from "./batch.js";
import { canonicalJson } from "./canonical-json.js";
import { type Key, policyKey } from "./keys.js";
import { isLinkedPolicyName } from "./linked-policy-name.js";
import type { Policy } from "./policy.js";
import type { ResolveProduct } from "./product-names.js";
import { settleFields } from "./settle.js";
import type { SourceFinding } from "./source.js";
import { comparePrecedence, type Stated, statedBy } from "./stated.js";

interface StatedPolicy extends SystemPolicyFact {
  readonly type: "SYSTEM" | "SERVICE_LINKED";
  /** What the page is about. */
  readonly product?: string;
}

interface OwnedRole extends ServiceLinkedRoleFact {
  readonly product?: string;
}

/** A role's policy bears the role's name where its page names none. */
export function linkedPolicyName({ policyName, name }: ServiceLinkedRoleFact): string {
  return policyName ?? name;
}

/**
 * System policies, and those of service-linked roles, each with one version at most: what the pages show today.
 * @param roles settled: pages that disagree on a role's document are reported there
 * @param resolve tells the service that a page is about
 */
export function mergePolicies(
  batches: readonly CatalogBatch[],
  roles: readonly Stated<OwnedRole>[],
  resolve: ResolveProduct,
): { readonly policies: readonly Policy[]; readonly findings: readonly SourceFinding[] } {
  const listed = statedBy(batches, listedPolicies);
  const versions = versionsOf(listed);
  const linked = roles.map(({ source, fact }) => ({ source, fact: linkedPolicy(fact) }));
  const { facts, findings } = settleFields(
    [...linked, ...listed].sort((a, b) => comparePrecedence(a.source, b.source)),
    {
      keyOf: catalogPolicyKey,
      nameOf: ({ name }) => `policy \`${name}\``,
      meaningOf: ({ document, isHighRisk, description }) => ({
        isHighRisk,
        description,
        document: documentMeaning(document),
      }),
      isEvidence: ({ document }) => document !== undefined,
    },
  );
  return { policies: facts.map((stated) => toPolicy(stated, resolve, versions)), findings };
}

/** The names of versions by document, from the strongest page that tells each: a version belongs to its document alone. */
function versionsOf(listed: readonly Stated<StatedPolicy>[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { fact } of listed) {
    const { versionId } = fact;
    const key = documentKey(fact);
    if (versionId !== undefined && key !== undefined && !versions.has(key)) versions.set(key, versionId);
  }
  return versions;
}

function documentKey(policy: StatedPolicy): string | undefined {
  if (policy.document === undefined) return undefined;
  return `${catalogPolicyKey(policy)}\n${canonicalJson(documentMeaning(policy.document))}`;
}

function listedPolicies({ product, policies }: CatalogFacts): readonly StatedPolicy[] {
  return policies.map((policy) => ({ ...withType(policy), ...(product === undefined ? {} : { product }) }));
}

function withType(fact: SystemPolicyFact): StatedPolicy {
  return { ...fact, type: isLinkedPolicyName(fact.name) ? "SERVICE_LINKED" : "SYSTEM" };
}

function linkedPolicy(role: OwnedRole): StatedPolicy {
  const { document, product } = role;
  return {
    type: "SERVICE_LINKED",
    name: linkedPolicyName(role),
    isHighRisk: false,
    ...(document === undefined ? {} : { document }),
    ...(product === undefined ? {} : { product }),
  };
}

function catalogPolicyKey({ type, name }: StatedPolicy): Key {
  return policyKey(type, undefined, name);
}

/** Layout is no meaning: documents are compared as JSON values. */
export function documentMeaning(document: string | undefined): unknown {
  if (document === undefined) return undefined;
  const { node, problems } = parseJson(document);
  return node === undefined || problems.length > 0 ? document : toPlainValue(node);
}

/** Pages of any product warn against the policies of high risk, so naming one does not make it the product's. */
function toPolicy(
  { source, fact }: Stated<StatedPolicy>,
  resolve: ResolveProduct,
  known: ReadonlyMap<string, string>,
): Policy {
  const { document, product, versionId: _version, createdOn: _made, updatedOn: _changed, ...policy } = fact;
  const versionId = known.get(documentKey(fact) ?? "") ?? "v1";
  const versions = document === undefined ? [] : [{ versionId, isDefault: true, documentText: document }];
  const service = product === undefined || policy.isHighRisk ? undefined : resolve(product);
  return { ...policy, versions, sourceKey: source.key, ...(service === undefined ? {} : { service }) };
}
