import type { CompiledPrincipal } from "../src/grants/compiled-principal.js";
import type { Snapshot } from "../src/grants/snapshot.js";
import type { AccessQuestion } from "../src/questions/access/access-question.js";
import { takeQuestion } from "../src/questions/access/take-question.js";
import { randomFrom } from "./random.js";
import { ACTIONS_PER_SERVICE, actionAt, SERVICES, TYPES } from "./vocabulary.js";
import { ACCOUNT } from "./world.js";

/** A question as it is asked of everyone measured. */
export interface BenchQuestion {
  readonly principal: CompiledPrincipal;
  readonly action: string;
  readonly arn: string;
  readonly taken: AccessQuestion;
}

/** Questions about principals of the account, the same for the same seed. */
export function questionsAbout(snapshot: Snapshot, count: number, seed: number): readonly BenchQuestion[] {
  const random = randomFrom(seed);
  const principals = snapshot.principals.filter(({ accountId }) => accountId === ACCOUNT);
  return Array.from({ length: count }, () => {
    const service = random.pick(SERVICES);
    const action = actionAt(service, random.below(ACTIONS_PER_SERVICE));
    const arn = `acs:${service}:cn-hangzhou:${ACCOUNT}:${random.pick(TYPES)}/i-${random.below(100_000)}`;
    const principal = principals[random.below(principals.length)];
    if (principal === undefined) throw new Error("the world has no principals");
    return { principal, action, arn, taken: take(snapshot, action, arn) };
  });
}

function take(snapshot: Snapshot, action: string, arn: string): AccessQuestion {
  const taken = takeQuestion(snapshot, { actions: { name: action }, resource: { arn } }, "");
  if ("refusal" in taken) throw new Error(taken.refusal.message);
  return taken.value;
}
