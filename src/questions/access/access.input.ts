import { Field, ID, InputType } from "type-graphql";
import { ArnScalar } from "../../graphql/scalars.js";
import type { ContextMode } from "../../policy/conditions/context.js";
import type { PolicyLayer } from "../../policy/grant.js";
import { ContextModeEnum, PolicyLayerEnum } from "./access-enums.type.js";
import type {
  AccessQuestionInput,
  ActionInput,
  ContextEntryInput,
  ContextInput,
  ResourceInput,
  ResourceSetInput,
} from "./question-input.js";

@InputType("ActionInput", {
  description:
    "One action, a set joined by and / or, or an API operation with every action that it needs. `allOf` gives the worst and `anyOf` the best verdict, in the order EXPLICIT_DENY, IMPLICIT_DENY, UNDETERMINED, CONDITIONAL, ALLOWED. Give exactly one.",
})
export class ActionInputType implements ActionInput {
  @Field(() => String, {
    nullable: true,
    description: "One action, e.g. `ecs:DeleteSecurityGroup`. Letter case does not count.",
  })
  name?: string;

  @Field(() => [String], { nullable: true, description: "Actions that must all be possible." })
  allOf?: string[];

  @Field(() => [String], { nullable: true, description: "Actions of which one must be possible." })
  anyOf?: string[];

  @Field(() => String, {
    nullable: true,
    description:
      "An API operation, `RegisterCaCertificate` or `mq:RegisterCaCertificate`: all its actions and their dependent actions.",
  })
  operation?: string;
}

@InputType("ResourceSetInput", { description: "A set of resources. Give exactly one." })
export class ResourceSetInputType implements ResourceSetInput {
  @Field(() => String, {
    nullable: true,
    description: "A pattern of ARNs such as `acs:ecs:*:*:securitygroup/*`; `*` for all resources.",
  })
  pattern?: string;

  @Field(() => String, { nullable: true, description: "A resource type of the catalog such as `mq:Instance`." })
  type?: string;
}

@InputType("ResourceInput", {
  description:
    "Which resource is meant. An account that is left open (`*` or empty) is the principal's own. Give exactly one.",
})
export class ResourceInputType implements ResourceInput {
  @Field(() => ArnScalar, {
    nullable: true,
    description: "THIS resource. A `*` in it is a plain character, no wildcard.",
  })
  arn?: string;

  @Field(() => [ArnScalar], {
    nullable: true,
    description: "Every one of THESE resources, for calls that touch several.",
  })
  arns?: string[];

  @Field(() => ResourceSetInputType, { nullable: true, description: "SOME resource of a set: at least one of them." })
  anyOf?: ResourceSetInputType;

  @Field(() => ResourceSetInputType, { nullable: true, description: "EVERY resource of a set." })
  allOf?: ResourceSetInputType;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True for an action that takes no resource: the request's resource is then `*`, which only the pattern `*` covers.",
  })
  unscoped?: boolean;
}

@InputType("ContextEntryInput", { description: "One condition key of the request." })
export class ContextEntryInputType implements ContextEntryInput {
  @Field(() => String, { description: "The key, e.g. `acs:SourceIp` or `kms:tag/owner`." })
  key: string;

  @Field(() => [String], { nullable: true, description: "Its values; an empty list means present without a value." })
  values?: string[];

  @Field(() => Boolean, { nullable: true, description: "True states that the request carries no such key." })
  absent?: boolean;
}

@InputType("ContextInput", {
  description:
    "The circumstances of the request. What is given here goes before what is known of the principal or the resource; nothing is presumed present, the time included.",
})
export class ContextInputType implements ContextInput {
  @Field(() => [ContextEntryInputType], { nullable: true, description: "The keys that are known, each once." })
  entries?: ContextEntryInputType[];

  @Field(() => ContextModeEnum, {
    nullable: true,
    defaultValue: "OPEN",
    description: "What a key means that is not given.",
  })
  mode?: ContextMode | null;
}

@InputType("AccessRequestInput", { description: "One question about one principal." })
export class AccessRequestInputType implements AccessQuestionInput {
  @Field(() => ID, { description: "Global id or ARN of a user or role." })
  principal: string;

  @Field(() => ActionInputType, { description: "What they would do." })
  actions: ActionInputType;

  @Field(() => ResourceInputType, { description: "To what." })
  resource: ResourceInputType;

  @Field(() => ContextInputType, { nullable: true, description: "Under which circumstances; left out, all are open." })
  context?: ContextInputType;

  @Field(() => String, {
    nullable: true,
    description: "Session policy given when the role was assumed, as JSON text. Only roles have one.",
  })
  sessionPolicy?: string | null;

  @Field(() => [PolicyLayerEnum], {
    nullable: true,
    description: "Layers to leave out, e.g. to see the answer without control policies.",
  })
  ignoreLayers?: PolicyLayer[] | null;
}
