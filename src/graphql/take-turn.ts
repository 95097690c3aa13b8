import type { RequestContext } from "./request-context.js";

/** Milliseconds for which a question is worked on before others get their turn. */
const SLICE = 10;

/** Those who wait for a turn, by operation; in the order in which the operations had theirs. */
const waiting = new Map<RequestContext, (() => void)[]>();
let current: { readonly context: RequestContext; readonly since: number } | undefined;
let isGiving = false;
let isByAge = false;

/**
 * Lets others in before the next question is decided: deciding never waits for anything, so it would keep everybody else out
 * until its end. Of all operations that wait one has its turn in each round of the event loop: by turns the one that waits
 * longest, and the one that had the least time, so that a quick question passes long ones and these still get on.
 *
 * @throws GraphQLError with the code TIMEOUT once the operation's time is over
 */
export async function takeTurn(context: RequestContext): Promise<void> {
  if (isGiving) await new Promise<void>((resolve) => wait(context, resolve));
  else begin(context);
  context.checkTime?.();
}

function wait(context: RequestContext, resolve: () => void): void {
  const ofContext = waiting.get(context);
  if (ofContext === undefined) waiting.set(context, [resolve]);
  else ofContext.push(resolve);
}

/** Where nobody had a turn in this round, the first that comes has it at once, and whoever comes next waits. */
function begin(context: RequestContext): void {
  isGiving = true;
  current = { context, since: performance.now() };
  setImmediate(giveTurn);
}

/**
 * Runs a question that offers to let others in: in slices, each a turn of its own. The first needs a turn as well, as many
 * fields of one operation may start together.
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
  const end = performance.now() + SLICE;
  let step = question.next();
  while (!step.done && performance.now() < end) step = question.next();
  return step;
}

/** What was made at once, or will be in a later turn. */
export type OrLater<Made> = Made | Promise<Made>;

/**
 * Works something out within the operation's turn: at once while that lasts, else in a later one. What is quick shares a turn, so
 * that a thousand small things take no thousand rounds.
 *
 * @param work a slice's worth at most, as nobody else gets in while it runs
 * @throws GraphQLError with the code TIMEOUT once the operation's time is over
 */
export function workInTurn<Made>(context: RequestContext, work: () => Made): OrLater<Made> {
  return holdsTurn(context) ? workNow(context, work) : workLater(context, work);
}

async function workLater<Made>(context: RequestContext, work: () => Made): Promise<Made> {
  // Whoever is called has the turn, were it over by now: who waited again would come after all who wait.
  await new Promise<void>((resolve) => wait(context, resolve));
  const made = workNow(context, work);
  if (holdsTurn(context)) nextOf(context)?.();
  return made;
}

function workNow<Made>(context: RequestContext, work: () => Made): Made {
  context.checkTime?.();
  return work();
}

function holdsTurn(context: RequestContext): boolean {
  if (!isGiving) begin(context);
  return current?.context === context && performance.now() < current.since + SLICE;
}

/** The first of an operation's things that wait, taken from those. */
function nextOf(context: RequestContext): (() => void) | undefined {
  const turns = waiting.get(context) ?? [];
  const turn = turns.shift();
  waiting.delete(context);
  if (turns.length > 0) waiting.set(context, turns);
  return turn;
}

/** Once a round of the event loop, for as long as anybody waits. */
function giveTurn(): void {
  const now = performance.now();
  if (current !== undefined) current.context.turnTime = timeOf(current.context) + now - current.since;
  const context = chooseNext();
  if (context === undefined) {
    current = undefined;
    isGiving = false;
    return;
  }
  current = { context, since: now };
  nextOf(context)?.();
  setImmediate(giveTurn);
}

function chooseNext(): RequestContext | undefined {
  const [oldest, ...others] = waiting.keys();
  isByAge = !isByAge;
  if (oldest === undefined || isByAge) return oldest;
  return others.reduce((least, each) => (timeOf(each) < timeOf(least) ? each : least), oldest);
}

const timeOf = (context: RequestContext): number => context.turnTime ?? 0;
