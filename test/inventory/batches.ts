import {
  type CatalogBatch,
  type CatalogFacts,
  NO_CATALOG_FACTS,
  type ServiceLinkedRoleFact,
} from "../../src/inventory/batch.js";
import type { Operation } from "../../src/inventory/catalog.js";
import { sourceKey } from "../../src/inventory/keys.js";

/** A page of the catalog: its name, the day of its last change, and what it says. */
export function page(name: string, updatedAt: string | undefined, facts: Partial<CatalogFacts>): CatalogBatch {
  const source = {
    key: sourceKey("DOCUMENTATION_PAGE", name),
    kind: "DOCUMENTATION_PAGE",
    title: name,
    sha256: name,
  } as const;
  return {
    kind: "catalog",
    source: updatedAt === undefined ? source : { ...source, updatedAt },
    facts: { ...NO_CATALOG_FACTS, ...facts },
    findings: [],
  };
}

export function role(
  name: string,
  serviceName: string,
  more: Partial<ServiceLinkedRoleFact> = {},
): ServiceLinkedRoleFact {
  return { name, serviceName, servicePurposes: [], prerequisitesForDeletion: [], consequences: [], ...more };
}

export function operation(name: string, action: string, more: Partial<Operation> = {}): Operation {
  const service = action.split(":")[0] ?? "";
  return { service, name, action, accessLevel: "GET", resources: [], conditionKeys: [], dependentActions: [], ...more };
}

export function allow(...actions: readonly string[]): string {
  return JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
}

/** Every order of the items. */
export function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}
