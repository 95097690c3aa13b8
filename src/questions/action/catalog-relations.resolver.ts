import { FieldResolver, Resolver, Root } from "type-graphql";
import { ActionType, actionsNamed } from "../../graphql/action.type.js";
import { ApiOperationType } from "../../graphql/api-operation.type.js";
import { ConditionKeyType, conditionKeysNamed } from "../../graphql/condition-key.type.js";
import { OperationResourceType, ResourceTypeType } from "../../graphql/resource-type.type.js";
import { ServiceType, serviceOf } from "../../graphql/service.type.js";
import { actionKey, resourceTypeKey } from "../../inventory/keys.js";

@Resolver(() => ApiOperationType)
export class ApiOperationResolver {
  @FieldResolver(() => ServiceType, { description: "Service whose API it is part of." })
  service(@Root() { snapshot, row }: ApiOperationType): ServiceType {
    return serviceOf(snapshot, row.service);
  }

  @FieldResolver(() => ActionType, { description: "Action that the caller must be allowed." })
  action(@Root() { snapshot, row }: ApiOperationType): ActionType {
    const action = snapshot.catalog.actions.get(actionKey(row.action));
    if (action === undefined) throw new Error(`operation \`${row.name}\` needs the unknown action \`${row.action}\``);
    return new ActionType(snapshot, action);
  }

  @FieldResolver(() => [OperationResourceType], { description: "Resources that it takes, as its page lists them." })
  resourceTypes(@Root() { snapshot, row }: ApiOperationType): readonly OperationResourceType[] {
    return row.resources.map(({ resourceType: name, arnTemplate, isRequired }) => {
      const type =
        name === undefined ? undefined : snapshot.catalog.resourceTypes.get(resourceTypeKey(row.service, name));
      return { resourceType: type && new ResourceTypeType(snapshot, type), arnTemplate, isRequired };
    });
  }

  @FieldResolver(() => [ConditionKeyType], { description: "Condition keys that it knows besides the common ones." })
  conditionKeys(@Root() { snapshot, row }: ApiOperationType): readonly ConditionKeyType[] {
    return conditionKeysNamed(snapshot, row.conditionKeys);
  }

  @FieldResolver(() => [ActionType], { description: "Actions that the caller must be allowed besides." })
  dependentActions(@Root() { snapshot, row }: ApiOperationType): readonly ActionType[] {
    return actionsNamed(snapshot, row.dependentActions);
  }
}

@Resolver(() => ResourceTypeType)
export class ResourceTypeResolver {
  @FieldResolver(() => ServiceType, { description: "Service that it belongs to." })
  service(@Root() { snapshot, row }: ResourceTypeType): ServiceType {
    return serviceOf(snapshot, row.service);
  }
}

@Resolver(() => ConditionKeyType)
export class ConditionKeyResolver {
  @FieldResolver(() => ServiceType, {
    nullable: true,
    description: "Service that defines the key; null for keys that all services share.",
  })
  service(@Root() { snapshot, row }: ConditionKeyType): ServiceType | undefined {
    return row.service === undefined ? undefined : serviceOf(snapshot, row.service);
  }
}
