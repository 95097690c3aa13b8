import type { Operation } from "../inventory/catalog.js";
import type { Catalog } from "../inventory/inventory.js";
import {
  OperationConditionKeyEntity,
  OperationDependentActionEntity,
  OperationEntity,
  OperationResourceEntity,
} from "./entities/operation.entity.js";
import { ActionEntity, ConditionKeyEntity, ResourceTypeEntity, ServiceEntity } from "./entities/service.entity.js";
import { ServiceDependencyEntity, ServiceLinkEntity } from "./entities/service-link.entity.js";
import { groupBy } from "./group-by.js";
import type { ReadRows } from "./read-rows.js";
import { withoutNulls } from "./without-nulls.js";

/** The catalog as it was merged. */
export async function readCatalogFacts(readRows: ReadRows): Promise<Catalog> {
  const services = await readRows(ServiceEntity);
  const actions = await readRows(ActionEntity);
  const resourceTypes = await readRows(ResourceTypeEntity);
  const conditionKeys = await readRows(ConditionKeyEntity);
  const links = await readRows(ServiceLinkEntity);
  const dependencies = await readRows(ServiceDependencyEntity);
  return {
    services: services.map((row) => withoutNulls(row)),
    actions: actions.map(({ id: _, ...action }) => action),
    operations: await readOperations(readRows),
    resourceTypes: resourceTypes.map(({ id: _, ...type }) => type),
    conditionKeys: conditionKeys.map(({ id: _, ...key }) => withoutNulls(key)),
    serviceLinks: links.map(({ roleId: _, ...link }) => withoutNulls(link)),
    serviceDependencies: dependencies.map(({ fromService, toService, roleId: _, ...dependency }) => ({
      ...{ from: fromService, to: toService },
      ...withoutNulls(dependency),
    })),
  };
}

async function readOperations(readRows: ReadRows): Promise<readonly Operation[]> {
  const rows = await readRows(OperationEntity);
  const resources = groupBy(await readRows(OperationResourceEntity), ({ operationId }) => operationId);
  const keys = groupBy(await readRows(OperationConditionKeyEntity), ({ operationId }) => operationId);
  const dependents = groupBy(await readRows(OperationDependentActionEntity), ({ operationId }) => operationId);
  return rows.map(({ id, actionId: _, ...operation }) => ({
    ...operation,
    resources: (resources.get(id) ?? []).map(({ operationId: _, position: __, ...resource }) => withoutNulls(resource)),
    conditionKeys: (keys.get(id) ?? []).map(({ conditionKey }) => conditionKey),
    dependentActions: (dependents.get(id) ?? []).map(({ action }) => action),
  }));
}
