import type { CatalogIndex } from "../../grants/catalog-index.js";
import { groupBy } from "../../grants/group-by.js";
import { compareBytes } from "../../inventory/byte-order.js";
import { serviceKey } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { asciiLower } from "../../policy/ascii.js";

/** A wildcard in place of fewer names saves nothing. */
const MIN_FOLDED = 3;

/**
 * Shortens a list of actions: names that begin with the same words become a wildcard where it matches nothing else in the
 * catalog. Only in services of which an authorization page was read: of the others the catalog knows just some actions, and a
 * wildcard would grant the rest.
 */
export function foldActions(catalog: CatalogIndex, names: readonly string[]): readonly string[] {
  const byService = groupBy(names, serviceOfAction);
  return [...byService]
    .flatMap(([service, own]) => (catalog.operationsOfService.has(serviceKey(service)) ? fold(catalog, own) : own))
    .toSorted(compareBytes);
}

function fold(catalog: CatalogIndex, names: readonly string[]): readonly string[] {
  const service = serviceOfAction(names[0] ?? "");
  const known = (catalog.actionsOfService.get(serviceKey(service)) ?? []).map(({ name }) => asciiLower(name));
  const left = new Map(names.map((name) => [asciiLower(name), name]));
  const needed = new Set(left.keys());
  const wildcards: string[] = [];
  for (const prefix of prefixesOf(names)) {
    const covered = known.filter((name) => name.startsWith(asciiLower(prefix)));
    const isNew = covered.some((name) => left.has(name));
    if (!isNew || covered.length < MIN_FOLDED || covered.some((name) => !needed.has(name))) continue;
    wildcards.push(`${prefix}*`);
    for (const name of covered) left.delete(name);
  }
  return [...wildcards, ...left.values()];
}

/** `mq:`, `mq:List`, `mq:ListGroup` of `mq:ListGroupId`: where a word ends, shortest first. */
function prefixesOf(names: readonly string[]): readonly string[] {
  const prefixes = names.flatMap((name) => {
    const start = name.indexOf(":") + 1;
    const words = [...name.slice(start).matchAll(/(?<=.)(?=[A-Z][a-z])/g)].map(({ index }) => start + index);
    return [start, ...words].map((end) => name.slice(0, end));
  });
  return [...new Set(prefixes)].toSorted((a, b) => a.length - b.length || compareBytes(a, b));
}
