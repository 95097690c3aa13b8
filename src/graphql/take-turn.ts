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

/** How long a question is worked on before others get their turn. */
const SLICE_MS = 10;

/**
 * Runs a question that offers to let others in: in slices, each a turn of its own. The first waits for its turn as well, as
 * many fields of one operation may start together.
 */
export async function driveInTurns<Answer>(
  context: RequestContext,
  question: Generator<undefined, Answer, undefined>,
): Promise<Answer> {
  for (;;) {
    await takeTurn(context);
    const step = runSlice(question);
    if (step.done) return step.value;
  }
}

function runSlice<Answer>(question: Generator<undefined, Answer, undefined>): IteratorResult<undefined, Answer> {
  const end = performance.now() + SLICE_MS;
  let step = question.next();
  while (!step.done && performance.now() < end) step = question.next();
  return step;
}

/** One round of the event loop; callbacks of one round run together, hence the chain above. */
function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
