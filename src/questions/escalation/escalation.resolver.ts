import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { At } from "../../graphql/at-argument.js";
import { CoverageType } from "../../graphql/coverage.type.js";
import { refusal } from "../../graphql/errors.js";
import { findPrincipal } from "../../graphql/find-principal.js";
import { List, type ListRequest } from "../../graphql/list-request.js";
import { ForwardArgs } from "../../graphql/page-args.js";
import { paginate } from "../../graphql/paging.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import { PrincipalType } from "../../graphql/principal.type.js";
import type { RequestContext } from "../../graphql/request-context.js";
import type { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import type { Verdict } from "../../policy/decide.js";
import { ContextInputType } from "../access/access.input.js";
import { VerdictEnum } from "../access/access-enums.type.js";
import { DecisionType } from "../access/decision.type.js";
import { rememberSearch } from "../access/remember-search.js";
import { takeContext } from "../access/take-context.js";
import { EscalationConnection, EscalationType } from "./escalation.type.js";
import {
  type EscalationPage,
  EscalationPathConnection,
  EscalationPathType,
  EscalationStepType,
} from "./escalation-path.type.js";
import { type EscalationAnswer, escalationPaths, findEscalations, MAX_PATHS_OF_EACH } from "./escalations.js";
import type { Goal } from "./goals.js";

const TO =
  "User or role to become, by global id or ARN; left out, an administrator: one who may do everything in an account.";
const CONTEXT = "Under which circumstances; left out, all are open.";

/** Rows that take no more memory than one of another answer: each is a number. */
const ROWS_IN_ONE = 50;
const recall = rememberSearch<Snapshot, EscalationAnswer>(({ rows }) => rows.length / ROWS_IN_ONE);

@Resolver()
export class EscalationsResolver {
  @Query(() => EscalationConnection, {
    description:
      "Users and roles that can become an administrator by what they may do, and are none yet: by attaching or rewriting policies, by joining groups, by acting as others, by passing roles to services. In the order of ARNs.",
  })
  async escalations(
    @Ctx() context: RequestContext,
    @Arg("to", () => ID, { nullable: true, description: TO }) to: string | null | undefined,
    @Arg("accountIds", () => [String], {
      nullable: true,
      description: "Accounts to look in; left out, all.",
    })
    accountIds: readonly string[] | null | undefined,
    @Arg("context", () => ContextInputType, { nullable: true, description: CONTEXT })
    asked: ContextInputType | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @At() at: SnapshotInput | null | undefined,
  ): Promise<EscalationPage<EscalationType>> {
    const snapshot = await pinnedSnapshot(context, at, { page, list });
    const circumstances = takenValue(takeContext(asked ?? undefined, "context"));
    const accounts = accountIds ? new Set(accountIds) : undefined;
    const key = asked ? undefined : JSON.stringify([to, accountIds]);
    const ask = () => findEscalations(snapshot, circumstances, goalOf(snapshot, to), accounts);
    const search = recall(snapshot, key, ask);
    const { rows, isTruncated, coverage } = await driveInTurns(context, search);
    const { revision } = snapshot;
    const cut = paginate({ list, page, revision, items: rows, toNode: (row) => new EscalationType(snapshot, row) });
    return Object.assign(cut, { coverage: new CoverageType(coverage.gaps), isTruncated, revision });
  }
}

@Resolver(() => PrincipalType)
export class EscalationPathsResolver {
  @FieldResolver(() => EscalationPathConnection, {
    description:
      "How it becomes an administrator by what it may do: all shortest paths, the best first; where the certain ones are longer, also shorter ones with conditions or unknown facts. Empty where there is none, and for service-linked roles and roles of the documentation.",
  })
  async escalationPaths(
    @Root() { snapshot, key }: PrincipalType,
    @Arg("to", () => ID, { nullable: true, description: TO }) to: string | null | undefined,
    @Arg("context", () => ContextInputType, { nullable: true, description: CONTEXT })
    asked: ContextInputType | null | undefined,
    @Args() page: ForwardArgs,
    @List() list: ListRequest,
    @Ctx() context: RequestContext,
  ): Promise<EscalationPage<EscalationPathType>> {
    const principal = snapshot.principalByKey.get(key);
    if (principal === undefined) throw new Error(`principal \`${key}\` was not compiled`);
    const circumstances = takenValue(takeContext(asked ?? undefined, "context"));
    const search = escalationPaths(snapshot, circumstances, goalOf(snapshot, to), principal);
    const found = await driveInTurns(context, search);
    const { revision } = snapshot;
    const toNode = (path: (typeof found.paths)[number]) => new EscalationPathType(snapshot, path);
    const cut = paginate({ list, page, revision, items: found.paths, toNode });
    const { coverage, isTruncated } = found;
    return Object.assign(cut, { coverage: new CoverageType(coverage.gaps), isTruncated, revision });
  }
}

@Resolver(() => EscalationType)
export class EscalationPathsOfRowResolver {
  @FieldResolver(() => VerdictEnum, { description: "The verdict of the best path." })
  async verdict(@Root() { paths }: EscalationType, @Ctx() context: RequestContext): Promise<Verdict> {
    const [best] = await driveInTurns(context, paths());
    return best?.ruling.verdict ?? "UNDETERMINED";
  }

  @FieldResolver(() => [EscalationPathType], { description: "All shortest paths, the best first." })
  async paths(
    @Root() { snapshot, paths }: EscalationType,
    @Arg("first", () => Int, { nullable: true, defaultValue: 1, description: "How many, 1 to 100." })
    first: number | null,
    @Ctx() context: RequestContext,
  ): Promise<readonly EscalationPathType[]> {
    const count = first ?? 1;
    if (count < 1 || count > MAX_PATHS_OF_EACH) {
      throw refusal("first", `\`${count}\` is out of range; ask for 1 to ${MAX_PATHS_OF_EACH} at once`);
    }
    const found = await driveInTurns(context, paths());
    return found.slice(0, count).map((path) => new EscalationPathType(snapshot, path));
  }
}

@Resolver(() => EscalationStepType)
export class EscalationStepResolver {
  @FieldResolver(() => [DecisionType], {
    description:
      "One decision for each call that it takes, by the rights that they have by then; last that a service is trusted, where it takes that.",
  })
  async decisions(
    @Root() { step }: EscalationStepType,
    @Ctx() context: RequestContext,
  ): Promise<readonly DecisionType[]> {
    const decisions = await driveInTurns(context, step.decisions());
    return decisions.map((decision) => new DecisionType(decision));
  }
}

@Resolver(() => EscalationPathType)
export class EscalationPathResolver {
  @FieldResolver(() => DecisionType, {
    nullable: true,
    description: "That they may then do everything in the account; null where a certain user or role was asked for.",
  })
  async outcome(
    @Root() { path }: EscalationPathType,
    @Ctx() context: RequestContext,
  ): Promise<DecisionType | undefined> {
    const outcome = await driveInTurns(context, path.outcome());
    return outcome && new DecisionType(outcome);
  }
}

function goalOf(snapshot: Snapshot, to: string | null | undefined): Goal {
  if (typeof to !== "string") return undefined;
  const principal = findPrincipal(snapshot, to);
  if (principal === undefined) throw refusal("to", `no user or role \`${to.slice(0, 256)}\` is known at this revision`);
  return principal.key;
}
