import type { RequestContext } from "./request-context.js";

const turns = new WeakMap<RequestContext, Promise<void>>();

/**
 * Lets other requests in before the next question of this one is decided: deciding never waits for anything, so many
 * questions in one operation would keep everybody else out until the last of them is answered.
 */
export function takeTurn(context: RequestContext): Promise<void> {
  const turn = (turns.get(context) ?? Promise.resolve()).then(nextRound);
  turns.set(context, turn);
  return turn;
}

/** Runs a question that offers to let others in, each time it does. */
export async function driveInTurns<Answer>(
  context: RequestContext,
  question: Generator<undefined, Answer, undefined>,
): Promise<Answer> {
  let step = question.next();
  while (!step.done) {
    await takeTurn(context);
    step = question.next();
  }
  return step.value;
}

/** One round of the event loop; callbacks of one round run together, hence the chain above. */
function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
