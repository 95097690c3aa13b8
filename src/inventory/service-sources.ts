import { serviceOfAction } from "../policy/action-pattern.js";
import type { CatalogFacts } from "./batch.js";
import { type Key, serviceKey } from "./keys.js";
import type { Stated } from "./stated.js";

/**
 * The page that vouches for each service: the strongest that lists it, else the oldest that names it in passing, so that
 * a new page which mentions a service too changes nothing. By service.
 * @param facts of each page, the strongest first
 * @param actions every action name that a page writes
 * @param owners codes that only the page of a service-linked role tells
 */
export function sourcesOfServices(
  facts: readonly Stated<CatalogFacts>[],
  actions: readonly Stated<string>[],
  owners: readonly Stated<string>[],
): ReadonlyMap<Key, Key> {
  const sources = new Map<Key, Key>();
  const mention = (source: Key, code: string): void => {
    if (!sources.has(serviceKey(code))) sources.set(serviceKey(code), source);
  };
  for (const { source, fact } of facts) for (const { code } of fact.services) mention(source.key, code);
  for (const { source, fact } of facts.toReversed()) for (const code of codesInPassing(fact)) mention(source.key, code);
  for (const { source, fact } of actions.toReversed()) mention(source.key, serviceOfAction(fact));
  for (const { source, fact } of owners.toReversed()) mention(source.key, fact);
  return sources;
}

function codesInPassing({ operations, resourceTypes, conditionKeys }: CatalogFacts): readonly string[] {
  const rows = operations.flatMap(({ service, action, conditionKeys: keys }) => [
    service,
    ...[action, ...keys].map(serviceOfAction),
  ]);
  const vocabulary = [...resourceTypes, ...conditionKeys].flatMap(({ service }) => service ?? []);
  return [...rows, ...vocabulary];
}
