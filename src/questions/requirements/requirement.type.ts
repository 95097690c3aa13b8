import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { ActionType } from "../../graphql/action.type.js";
import { OperationResourceType, ResourceTypeType } from "../../graphql/resource-type.type.js";
import { resourceTypeKey } from "../../inventory/keys.js";
import type { Requirement } from "./requirements.js";

@ObjectType("Requirement", { simpleResolvers: true, description: "An action that a caller of the operations needs." })
export class RequirementType {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly requirement: Requirement,
  ) {}

  @Field(() => ActionType, { description: "The action that must be allowed." })
  get action(): ActionType {
    return new ActionType(this.snapshot, this.requirement.action);
  }

  @Field(() => [OperationResourceType], {
    description:
      "Resources that it takes in these operations: of its own types where it has any. Empty where the documentation does not say.",
  })
  get resourceTypes(): readonly OperationResourceType[] {
    return this.requirement.resources.map(({ service, resourceType, arnTemplate, isRequired }) => {
      const type =
        resourceType === undefined
          ? undefined
          : this.snapshot.catalog.resourceTypes.get(resourceTypeKey(service, resourceType));
      return { resourceType: type && new ResourceTypeType(this.snapshot, type), arnTemplate, isRequired };
    });
  }

  @Field(() => Boolean, {
    description: "True when an operation is guarded by it; false when only another action depends on it.",
  })
  get isDirect(): boolean {
    return this.requirement.isDirect;
  }

  @Field(() => [ActionType], {
    description:
      "The chain of actions that asked for it, from the one that guards the operation on; empty for that one.",
  })
  get via(): readonly ActionType[] {
    return this.requirement.via.map((action) => new ActionType(this.snapshot, action));
  }
}

@ObjectType("RequirementSet", {
  simpleResolvers: true,
  description: "Everything that API operations need to be allowed, dependent actions to the end.",
})
export class RequirementSetType {
  constructor(
    readonly snapshot: Snapshot,
    readonly requirements: readonly Requirement[],
  ) {}

  @Field(() => [RequirementType], {
    description: "Each action once: those that guard the operations first, then what they depend on.",
  })
  get items(): readonly RequirementType[] {
    return this.requirements.map((requirement) => new RequirementType(this.snapshot, requirement));
  }
}
