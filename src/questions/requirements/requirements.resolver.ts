import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { At } from "../../graphql/at-argument.js";
import { findPrincipal } from "../../graphql/find-principal.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { ArnScalar, JsonScalar } from "../../graphql/scalars.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { takeTurn } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { ContextInputType } from "../access/access.input.js";
import { DecisionType } from "../access/decision.type.js";
import { takeContext } from "../access/take-context.js";
import { checkRequirement } from "./check-requirement.js";
import { minimalPolicy, type PolicyText } from "./minimal-policy.js";
import { RequirementSetType } from "./requirement.type.js";
import { requirements } from "./requirements.js";

@Resolver(() => RequirementSetType)
export class RequirementsResolver {
  @Query(() => RequirementSetType, {
    description: "Permissions needed to call these API operations, dependent actions included, cycles cut.",
  })
  async requirements(
    @Ctx() context: RequestContext,
    @Arg("operations", () => [String], {
      description:
        "API operations, `RegisterCaCertificate` or `mq:RegisterCaCertificate`, 1 to 100. A bare name that several services have is refused with the candidates.",
    })
    operations: readonly string[],
    @At() at: SnapshotInput | null | undefined,
  ): Promise<RequirementSetType> {
    const snapshot = await pinnedSnapshot(context, at);
    return new RequirementSetType(snapshot, takenValue(requirements(snapshot, operations)));
  }

  @FieldResolver(() => JsonScalar, {
    description:
      "The narrowest policy document that lets its holder make the calls, and nothing else that the catalog lists. Names are joined to a wildcard only where it matches no other action of the catalog.",
  })
  minimalPolicy(
    @Root() { snapshot, requirements: items }: RequirementSetType,
    @Arg("resources", () => [ArnScalar], {
      nullable: true,
      description:
        "What the calls are about. Each action gets those that it takes; a type of which none is given stays open. Left out, all resources of the types.",
    })
    resources: readonly string[] | null | undefined,
  ): PolicyText {
    return takenValue(minimalPolicy(snapshot, items, resources ?? undefined));
  }

  @FieldResolver(() => [DecisionType], {
    description:
      "What one principal has of it: a decision for each of `items`, in their order, on SOME resource that the action takes.",
  })
  async checkedFor(
    @Root() { snapshot, requirements: items }: RequirementSetType,
    @Arg("principal", () => ID, { description: "User or role by global id or ARN." }) principal: string,
    @Arg("context", () => ContextInputType, {
      nullable: true,
      description: "Under which circumstances; left out, all are open.",
    })
    asked: ContextInputType | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly DecisionType[]> {
    const who = findPrincipal(snapshot, principal) ?? { unknown: principal };
    const circumstances = takenValue(takeContext(asked ?? undefined, "context"));
    const decisions: DecisionType[] = [];
    for (const item of items) {
      await takeTurn(context);
      decisions.push(new DecisionType(takenValue(checkRequirement(snapshot, item, who, circumstances))));
    }
    return decisions;
  }
}
