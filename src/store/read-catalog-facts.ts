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
import { factOf } from "./fact-of.js";
import { groupBy } from "./group-by.js";
import type { ReadRows } from "./read-rows.js";

/** The catalog as it was merged. */
export async function readCatalogFacts(readRows: ReadRows): Promise<Catalog> {
  const services = await readRows(ServiceEntity);
  const actions = await readRows(ActionEntity);
  const resourceTypes = await readRows(ResourceTypeEntity);
  const conditionKeys = await readRows(ConditionKeyEntity);
  const links = await readRows(ServiceLinkEntity);
  const dependencies = await readRows(ServiceDependencyEntity);
  return {
    services: services.map((row) => factOf(row)),
    actions: actions.map((row) => factOf(row, "id")),
    operations: await readOperations(readRows),
    resourceTypes: resourceTypes.map((row) => factOf(row, "id")),
    conditionKeys: conditionKeys.map((row) => factOf(row, "id")),
    serviceLinks: links.map((row) => factOf(row, "roleId")),
    serviceDependencies: dependencies.map((row) => ({
      from: row.fromService,
      to: row.toService,
      ...factOf(row, "fromService", "toService", "roleId"),
    })),
  };
}

async function readOperations(readRows: ReadRows): Promise<readonly Operation[]> {
  const rows = await readRows(OperationEntity);
  const resources = groupBy(await readRows(OperationResourceEntity), ({ operationId }) => operationId);
  const keys = groupBy(await readRows(OperationConditionKeyEntity), ({ operationId }) => operationId);
  const dependents = groupBy(await readRows(OperationDependentActionEntity), ({ operationId }) => operationId);
  return rows.map((row) => ({
    ...factOf(row, "id", "actionId"),
    resources: (resources.get(row.id) ?? []).map((line) => factOf(line, "operationId", "position")),
    conditionKeys: (keys.get(row.id) ?? []).map(({ conditionKey }) => conditionKey),
    dependentActions: (dependents.get(row.id) ?? []).map(({ action }) => action),
  }));
}
