import type { CatalogBatch, CatalogFacts } from "../inventory/batch.js";
import { asciiLower } from "../policy/ascii.js";
import { ImportRefused } from "./import-refused.js";

/**
 * Refuses a page that no longer says more than half of what it said before: facts count by their names, so that another
 * page with the same title does not take the place of the first by being as long.
 *
 * @param kept what each page in the store says
 * @throws ImportRefused
 */
export function refuseShrinking(batch: CatalogBatch, kept: readonly CatalogBatch[]): void {
  const former = kept.find(({ source }) => source.key === batch.source.key);
  if (former === undefined) return;
  const held = namesIn(former.facts);
  const stated = namesIn(batch.facts);
  const left = [...held].filter((name) => stated.has(name)).length;
  if (left * 2 >= held.size) return;
  throw new ImportRefused(
    `the import would leave ${left} of the ${held.size} facts that \`${former.source.title}\` held; nothing was written; if they are really gone, import again and allow it to shrink`,
  );
}

function namesIn(facts: CatalogFacts): ReadonlySet<string> {
  const { services, actions, operations, resourceTypes, conditionKeys, roles, policies } = facts;
  const names = [
    ...services.map(({ code }) => `service ${code}`),
    ...actions.map((name) => `action ${name}`),
    ...operations.map(({ service, name, action }) => `operation ${service}:${name} ${action}`),
    ...resourceTypes.map(({ service, name }) => `resource type ${service}:${name}`),
    ...conditionKeys.map(({ name }) => `condition key ${name}`),
    ...roles.map(({ name }) => `role ${name}`),
    ...policies.map(({ name }) => `policy ${name}`),
  ];
  return new Set(names.map(asciiLower));
}
