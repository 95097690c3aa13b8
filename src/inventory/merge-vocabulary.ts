import { serviceOfAction } from "../policy/action-pattern.js";
import { asciiLower } from "../policy/ascii.js";
import type { CatalogBatch } from "./batch.js";
import { sortByKey } from "./byte-order.js";
import type { ConditionKey, Operation, ResourceType } from "./catalog.js";
import { conditionKeyKey, type Key, resourceTypeKey } from "./keys.js";
import { settleFields, settleWhole } from "./settle.js";
import type { SourceFinding } from "./source.js";
import { type Stated, statedBy } from "./stated.js";

/** Resource types and condition keys: what the rows of operations are written in. */
export interface MergedVocabulary {
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly ConditionKey[];
  readonly findings: readonly SourceFinding[];
}

/** What pages list, and behind it what only the rows of operations name. */
export function mergeVocabulary(batches: readonly CatalogBatch[], operations: readonly Operation[]): MergedVocabulary {
  const types = settleWhole(
    statedBy(batches, ({ resourceTypes }) => resourceTypes.map(foldService)),
    {
      keyOf: typeKey,
      nameOf: ({ service, name }) => `resource type \`${name}\` of \`${service}\``,
      meaningOf: ({ arnTemplate }) => ({ arnTemplate: blankPlaceholders(arnTemplate) }),
    },
  );
  const keys = settleFields(
    statedBy(batches, ({ conditionKeys }) => conditionKeys.map(foldService)),
    {
      keyOf: ({ name }) => conditionKeyKey(name),
      nameOf: ({ name }) => `condition key \`${name}\``,
    },
  );
  return {
    resourceTypes: withMentioned(types.facts, operations.flatMap(typesInRow), typeKey),
    conditionKeys: withMentioned(keys.facts, operations.flatMap(keysInRow), ({ name }) => conditionKeyKey(name)),
    findings: [...types.findings, ...keys.findings],
  };
}

function withMentioned<T>(
  listed: readonly Stated<T>[],
  mentioned: readonly T[],
  keyOf: (fact: T) => Key,
): readonly T[] {
  const facts = new Map<Key, T>();
  for (const fact of [...listed.map((stated) => stated.fact), ...mentioned]) {
    if (!facts.has(keyOf(fact))) facts.set(keyOf(fact), fact);
  }
  return sortByKey(facts.values(), keyOf);
}

function typeKey({ service, name }: ResourceType): Key {
  return resourceTypeKey(service, name);
}

function foldService<T extends { readonly service?: string }>(fact: T): T {
  return fact.service === undefined ? fact : { ...fact, service: asciiLower(fact.service) };
}

function typesInRow({ service, resources }: Operation): readonly ResourceType[] {
  return resources.flatMap(({ resourceType, arnTemplate }) =>
    resourceType === undefined ? [] : [{ service, name: resourceType, arnTemplate }],
  );
}

/** Keys that begin with `acs:` are common to all services. */
function keysInRow({ conditionKeys }: Operation): readonly ConditionKey[] {
  return conditionKeys.map((name) => {
    const service = serviceOfAction(name);
    return service === "*" || service === "acs" ? { name } : { name, service };
  });
}

/** Pages name one placeholder in several ways (`{#InstanceId}`, `$instanceid`); only what stands around it counts. */
function blankPlaceholders(arnTemplate: string): string {
  return asciiLower(arnTemplate)
    .replace(/\{[^{}]*\}|<[^<>]*>|\$\w+/g, "{}")
    .replace(/\$\{\}/g, "{}");
}
