import { toPlainValue } from "../policy/json/json-node.js";
import { parseJson } from "../policy/json/parse-json.js";
import type { CatalogBatch, ServiceLinkedRoleFact, SystemPolicyFact } from "./batch.js";
import { type Key, policyKey } from "./keys.js";
import { isLinkedPolicyName } from "./linked-policy-name.js";
import type { Policy } from "./policy.js";
import { settleFields } from "./settle.js";
import type { SourceFinding } from "./source.js";
import { comparePrecedence, type Stated, statedBy } from "./stated.js";

interface StatedPolicy extends SystemPolicyFact {
  readonly type: "SYSTEM" | "SERVICE_LINKED";
}

/** A role's policy bears the role's name where its page names none. */
export function linkedPolicyName({ policyName, name }: ServiceLinkedRoleFact): string {
  return policyName ?? name;
}

/**
 * System policies, and those of service-linked roles, each with one version at most: what the pages show today.
 * @param roles settled: pages that disagree on a role's document are reported there
 */
export function mergePolicies(
  batches: readonly CatalogBatch[],
  roles: readonly Stated<ServiceLinkedRoleFact>[],
): { readonly policies: readonly Policy[]; readonly findings: readonly SourceFinding[] } {
  const listed = statedBy(batches, (facts) => facts.policies.map(withType));
  const linked = roles.map(({ source, fact }) => ({ source, fact: linkedPolicy(fact) }));
  const { facts, findings } = settleFields(
    [...linked, ...listed].sort((a, b) => comparePrecedence(a.source, b.source)),
    {
      keyOf: catalogPolicyKey,
      nameOf: ({ name }) => `policy \`${name}\``,
      meaningOf: ({ document, ...policy }) => ({ ...policy, document: documentMeaning(document) }),
      isEvidence: ({ document }) => document !== undefined,
    },
  );
  return { policies: facts.map(toPolicy), findings };
}

function withType(fact: SystemPolicyFact): StatedPolicy {
  return { ...fact, type: isLinkedPolicyName(fact.name) ? "SERVICE_LINKED" : "SYSTEM" };
}

function linkedPolicy(role: ServiceLinkedRoleFact): StatedPolicy {
  const document = role.document === undefined ? {} : { document: role.document };
  return { type: "SERVICE_LINKED", name: linkedPolicyName(role), isHighRisk: false, ...document };
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

function toPolicy({ source, fact: { document, ...policy } }: Stated<StatedPolicy>): Policy {
  const versions = document === undefined ? [] : [{ versionId: "v1", isDefault: true, documentText: document }];
  return { ...policy, versions, sourceKey: source.key };
}
