import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { refusal } from "../../graphql/errors.js";
import { findPrincipal } from "../../graphql/find-principal.js";
import { pinnedSnapshot } from "../../graphql/pinned-snapshot.js";
import type { RequestContext } from "../../graphql/request-context.js";
import { SnapshotInput } from "../../graphql/snapshot.input.js";
import { driveInTurns } from "../../graphql/take-turn.js";
import { takenValue } from "../../graphql/taken-value.js";
import { AccessRequestInputType } from "../access/access.input.js";
import { DecisionType } from "../access/decision.type.js";
import { type Asked, ask } from "../access/quick-verdict.js";
import { withSession } from "../access/take-session.js";
import { canInSteps } from "./can.js";
import { type TakeAsked, takeAlike, takeAsked } from "./take-alike.js";

/** How many requests `canMany` takes at once. */
const MAX_REQUESTS = 1000;

@Resolver()
export class CanResolver {
  @Query(() => DecisionType, { description: "May this principal do this, to this, under these circumstances?" })
  async can(
    @Ctx() context: RequestContext,
    @Arg("request", () => AccessRequestInputType, { description: "The question." }) request: AccessRequestInputType,
    @Arg("at", () => SnapshotInput, { nullable: true, description: "Which revision; left out, the newest." })
    at: SnapshotInput | null | undefined,
  ): Promise<DecisionType> {
    const snapshot = await pinnedSnapshot(context, at);
    const steps = answer(snapshot, (input, place) => takeAsked(snapshot, input, place), request, "request");
    // Most are answered at once.
    const step = steps.next();
    return step.done ? step.value : await driveInTurns(context, steps);
  }

  @Query(() => [DecisionType], { description: "Up to 1000 requests against one revision, order kept." })
  async canMany(
    @Ctx() context: RequestContext,
    @Arg("requests", () => [AccessRequestInputType], { description: "The questions." })
    requests: readonly AccessRequestInputType[],
    @Arg("at", () => SnapshotInput, { nullable: true, description: "Which revision; left out, the newest." })
    at: SnapshotInput | null | undefined,
  ): Promise<readonly DecisionType[]> {
    if (requests.length > MAX_REQUESTS) {
      throw refusal("requests", `${requests.length} requests are too many; ask at most ${MAX_REQUESTS} at once`);
    }
    const snapshot = await pinnedSnapshot(context, at);
    return await driveInTurns(context, answerAll(snapshot, requests));
  }
}

function* answerAll(snapshot: Snapshot, requests: readonly AccessRequestInputType[]): Steps<readonly DecisionType[]> {
  const take = takeAlike(snapshot);
  const answers: DecisionType[] = [];
  for (const request of requests) {
    answers.push(yield* answer(snapshot, take, request, `requests[${answers.length}]`));
    yield;
  }
  return answers;
}

function* answer(
  snapshot: Snapshot,
  take: TakeAsked,
  request: AccessRequestInputType,
  place: string,
): Steps<DecisionType> {
  const principal = findPrincipal(snapshot, request.principal);
  const asked = narrow(takenValue(take(request, place)), request, principal, place);
  return new DecisionType(takenValue(yield* canInSteps(asked, principal ?? { unknown: request.principal }, place)));
}

/** With what is said of one session, or of layers to leave out, it is another question. */
function narrow(
  asked: Asked,
  { sessionPolicy, ignoreLayers }: AccessRequestInputType,
  principal: CompiledPrincipal | undefined,
  place: string,
): Asked {
  if (typeof sessionPolicy !== "string" && !ignoreLayers) return asked;
  const { snapshot, question } = asked;
  const narrowed =
    typeof sessionPolicy === "string" ? takenValue(withSession(question, sessionPolicy, principal, place)) : question;
  return ask(snapshot, ignoreLayers ? { ...narrowed, ignoredLayers: new Set(ignoreLayers) } : narrowed);
}
