import type {
  Action,
  ConditionKey,
  Operation,
  ResourceType,
  Service,
  ServiceDependency,
  ServiceLink,
} from "../inventory/catalog.js";
import type { Catalog } from "../inventory/inventory.js";
import {
  actionKey,
  CATALOG_ACCOUNT,
  conditionKeyKey,
  type Key,
  resourceTypeKey,
  roleKey,
  serviceKey,
} from "../inventory/keys.js";
import { groupBy, indexBy } from "./group-by.js";
import { overlay } from "./overlay-map.js";
import { WithoutRows } from "./without-rows.js";

/** The catalog, arranged for look-up. Lists keep the inventory's order. */
export interface CatalogIndex {
  readonly services: ReadonlyMap<Key, Service>;
  readonly actions: ReadonlyMap<Key, Action>;
  readonly resourceTypes: ReadonlyMap<Key, ResourceType>;
  readonly conditionKeys: ReadonlyMap<Key, ConditionKey>;
  readonly actionsOfService: ReadonlyMap<Key, readonly Action[]>;
  readonly operationsOfService: ReadonlyMap<Key, readonly Operation[]>;
  readonly operationsOfAction: ReadonlyMap<Key, readonly Operation[]>;
  /** Operations by bare name in lower case. */
  readonly operationsByName: ReadonlyMap<string, readonly Operation[]>;
  readonly resourceTypesOfService: ReadonlyMap<Key, readonly ResourceType[]>;
  readonly conditionKeysOfService: ReadonlyMap<Key, readonly ConditionKey[]>;
  /** Actions that depend on an action, by the latter. */
  readonly requiredBy: ReadonlyMap<Key, readonly Key[]>;
  /** By key of the catalog's role. */
  readonly serviceLinks: ReadonlyMap<Key, ServiceLink>;
  readonly dependenciesFrom: ReadonlyMap<Key, readonly ServiceDependency[]>;
  readonly dependenciesTo: ReadonlyMap<Key, readonly ServiceDependency[]>;
}

export function indexCatalog(catalog: Catalog): CatalogIndex {
  const { services, actions, operations, resourceTypes, conditionKeys, serviceDependencies } = catalog;
  return {
    services: indexBy(services, ({ code }) => serviceKey(code)),
    actions: indexBy(actions, ({ name }) => actionKey(name)),
    resourceTypes: indexBy(resourceTypes, ({ service, name }) => resourceTypeKey(service, name)),
    conditionKeys: indexBy(conditionKeys, ({ name }) => conditionKeyKey(name)),
    actionsOfService: groupBy(actions, ({ service }) => serviceKey(service)),
    operationsOfService: groupBy(operations, ({ service }) => serviceKey(service)),
    operationsOfAction: groupBy(operations, ({ action }) => actionKey(action)),
    operationsByName: groupBy(operations, ({ name }) => name.toLowerCase()),
    resourceTypesOfService: groupBy(resourceTypes, ({ service }) => serviceKey(service)),
    conditionKeysOfService: groupBy(conditionKeys, ({ service }) => serviceKey(service ?? "acs")),
    requiredBy: dependents(operations),
    serviceLinks: indexBy(catalog.serviceLinks, ({ roleName }) => roleKey(CATALOG_ACCOUNT, roleName)),
    dependenciesFrom: groupBy(serviceDependencies, ({ from }) => serviceKey(from)),
    dependenciesTo: groupBy(serviceDependencies, ({ to }) => serviceKey(to)),
  };
}

/** The catalog without some of its service-linked roles, and without what services reach by them. */
export function withoutLinks(catalog: CatalogIndex, roles: ReadonlySet<Key>): CatalogIndex {
  const rest = WithoutRows.of<ServiceDependency>(roles, ({ roleName }) => roleKey(CATALOG_ACCOUNT, roleName));
  return {
    ...catalog,
    serviceLinks: overlay(catalog.serviceLinks, { gone: roles }),
    dependenciesFrom: overlay(catalog.dependenciesFrom, { view: rest }),
    dependenciesTo: overlay(catalog.dependenciesTo, { view: rest }),
  };
}

function dependents(operations: readonly Operation[]): ReadonlyMap<Key, readonly Key[]> {
  const pairs = operations.flatMap(({ action, dependentActions }) =>
    dependentActions.map((needed) => ({ needed: actionKey(needed), by: actionKey(action) })),
  );
  const grouped = groupBy(pairs, ({ needed }) => needed);
  return new Map([...grouped].map(([needed, by]) => [needed, [...new Set(by.map((pair) => pair.by))].sort()]));
}
