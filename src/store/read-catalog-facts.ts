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
import type { FactReader } from "./fact-reader.js";
import { groupBy } from "./group-by.js";

/** The catalog as it was merged. */
export async function readCatalogFacts(reader: FactReader): Promise<Catalog> {
  const { readRows } = reader;
  return {
    services: await readRows(ServiceEntity, (row) => factOf(row)),
    actions: await readRows(ActionEntity, (row) => factOf(row, "id")),
    operations: await readOperations(reader),
    resourceTypes: await readRows(ResourceTypeEntity, (row) => factOf(row, "id")),
    conditionKeys: await readRows(ConditionKeyEntity, (row) => factOf(row, "id")),
    serviceLinks: await readRows(ServiceLinkEntity, (row) => factOf(row, "roleId")),
    serviceDependencies: await readRows(ServiceDependencyEntity, (row) => ({
      from: row.fromService,
      to: row.toService,
      ...factOf(row, "fromService", "toService", "roleId"),
    })),
  };
}

async function readOperations({ readRows }: FactReader): Promise<readonly Operation[]> {
  const resources = groupBy(await readRows(OperationResourceEntity, (row) => row), ({ operationId }) => operationId);
  const keys = groupBy(await readRows(OperationConditionKeyEntity, (row) => row), ({ operationId }) => operationId);
  const dependents = groupBy(
    await readRows(OperationDependentActionEntity, (row) => row),
    ({ operationId }) => operationId,
  );
  return await readRows(OperationEntity, (row) => ({
    ...factOf(row, "id", "actionId"),
    resources: (resources.get(row.id) ?? []).map((line) => factOf(line, "operationId", "position")),
    conditionKeys: (keys.get(row.id) ?? []).map(({ conditionKey }) => conditionKey),
    dependentActions: (dependents.get(row.id) ?? []).map(({ action }) => action),
  }));
}
