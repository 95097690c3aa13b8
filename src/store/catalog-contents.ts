import type { Catalog } from "../inventory/inventory.js";
import {
  actionKey,
  CATALOG_ACCOUNT,
  conditionKeyKey,
  operationKey,
  resourceTypeKey,
  roleKey,
} from "../inventory/keys.js";
import {
  OperationConditionKeyEntity,
  OperationDependentActionEntity,
  OperationEntity,
  OperationResourceEntity,
} from "./entities/operation.entity.js";
import { ActionEntity, ConditionKeyEntity, ResourceTypeEntity, ServiceEntity } from "./entities/service.entity.js";
import { ServiceDependencyEntity, ServiceLinkEntity } from "./entities/service-link.entity.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";

/** All pages together state the whole of these tables. */
const WHOLE: Scope = { sql: "true", parameters: [] };

/** The tables of services, actions and operations. */
export function catalogContents(catalog: Catalog): readonly TableContent[] {
  return [
    contentOf(
      ServiceEntity,
      catalog.services.map(({ code, name, granularity = null, sourceKey = null }) => ({
        code,
        name,
        granularity,
        sourceKey,
      })),
      WHOLE,
    ),
    contentOf(
      ActionEntity,
      catalog.actions.map((action) => ({
        id: actionKey(action.name),
        name: action.name,
        service: action.service,
        accessLevels: [...action.accessLevels],
        isDocumented: action.isDocumented,
      })),
      WHOLE,
    ),
    contentOf(
      ResourceTypeEntity,
      catalog.resourceTypes.map((type) => ({ id: resourceTypeKey(type.service, type.name), ...type })),
      WHOLE,
    ),
    contentOf(
      ConditionKeyEntity,
      catalog.conditionKeys.map(({ name, valueType, service }) => ({
        id: conditionKeyKey(name),
        name,
        valueType: valueType ?? null,
        service: service ?? null,
      })),
      WHOLE,
    ),
    ...operationContents(catalog),
  ];
}

function operationContents({ operations }: Catalog): readonly TableContent[] {
  const rows = operations.map((operation) => ({
    operation,
    id: operationKey(operation.service, operation.name, operation.action),
  }));
  return [
    contentOf(
      OperationEntity,
      rows.map(({ id, operation: { service, name, action, accessLevel } }) => {
        return { id, service, name, actionId: actionKey(action), action, accessLevel };
      }),
      WHOLE,
    ),
    contentOf(
      OperationResourceEntity,
      rows.flatMap(({ id, operation }) =>
        operation.resources.map(({ resourceType = null, ...resource }, position) => {
          return { operationId: id, position, resourceType, ...resource };
        }),
      ),
      WHOLE,
    ),
    contentOf(
      OperationConditionKeyEntity,
      rows.flatMap(({ id, operation }) =>
        operation.conditionKeys.map((conditionKey, position) => ({ operationId: id, position, conditionKey })),
      ),
      WHOLE,
    ),
    contentOf(
      OperationDependentActionEntity,
      rows.flatMap(({ id, operation }) =>
        operation.dependentActions.map((action, position) => {
          return { operationId: id, position, actionId: actionKey(action), action };
        }),
      ),
      WHOLE,
    ),
  ];
}

/** The tables of service-linked roles; they refer to roles and services. */
export function serviceLinkContents(catalog: Catalog): readonly TableContent[] {
  return [
    contentOf(
      ServiceLinkEntity,
      catalog.serviceLinks.map(({ createdWhen, purpose, prerequisitesForDeletion, consequences, ...link }) => ({
        ...link,
        roleId: roleKey(CATALOG_ACCOUNT, link.roleName),
        serviceName: link.serviceName ?? null,
        service: link.service ?? null,
        creationPolicy: link.creationPolicy ?? null,
        createdWhen: createdWhen ?? null,
        purpose: purpose ?? null,
        prerequisitesForDeletion: [...prerequisitesForDeletion],
        consequences: [...consequences],
      })),
      WHOLE,
    ),
    contentOf(
      ServiceDependencyEntity,
      catalog.serviceDependencies.map(({ from, to, roleName, purpose }) => ({
        fromService: from,
        toService: to,
        roleId: roleKey(CATALOG_ACCOUNT, roleName),
        roleName,
        purpose: purpose ?? null,
      })),
      WHOLE,
    ),
  ];
}
