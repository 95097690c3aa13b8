import { type Answer, type Reading, readAnswer } from "./answer.js";
import { type CallFailure, isOfCredentials, isPassing, readCallFailure } from "./call-failure.js";
import { CALLS, type Call, type CallName } from "./calls.js";
import { CollectFailed } from "./collect-failed.js";
import { type Attempt, type Pace, retry } from "./retry.js";
import type { WireClient } from "./wire-client.js";

/** What every call of a run goes through. */
export interface Session {
  readonly client: WireClient;
  readonly pace: Pace;
  /** Ends the waits and the calls that are yet to come, once the run has failed. */
  readonly stop: AbortController;
  /** Where products that have no central endpoint are asked. */
  readonly region: string;
  readonly onRequest: () => void;
  /** Told of every wait, with what is waited for. */
  readonly onWait: (reason: string) => void;
}

/** One request, and the file that its response is for. */
export interface Asking {
  readonly call: CallName;
  readonly query: Readonly<Record<string, string>>;
  /** What the file name says beside the operation. */
  readonly names?: readonly string[];
  readonly file: string;
  readonly region?: string | undefined;
  /** What else is wrong with an answer, e.g. a page that leads nowhere. */
  readonly check?: (answer: Answer) => string | undefined;
}

export interface Answered {
  readonly bytes: Uint8Array;
  readonly answer: Answer;
}

/**
 * Sends a request until it is answered or cannot be.
 *
 * @throws CollectFailed when no call can succeed any more
 */
export async function ask(
  session: Session,
  asking: Asking,
  pace = session.pace,
): Promise<{ readonly value: Answered } | { readonly failure: CallFailure }> {
  const outcome = await retry(
    async () => await attempt(session, asking),
    { ...pace, signal: session.stop.signal },
    (failure) => session.onWait(failure.kind === "REFUSED" ? failure.code : failure.problem),
  );
  if ("failure" in outcome && isOfCredentials(outcome.failure)) throw describeRejection(outcome.failure);
  return outcome;
}

function describeRejection(failure: CallFailure): CollectFailed {
  const code = failure.kind === "REFUSED" ? failure.code : failure.problem;
  const mend = "renew them, or name others with --profile";
  return new CollectFailed("CREDENTIALS", `the credentials are not taken (\`${code}\`): ${mend}`);
}

async function attempt(session: Session, asking: Asking): Promise<Attempt<Answered, CallFailure>> {
  const { product, operation }: Call = CALLS[asking.call];
  session.stop.signal.throwIfAborted();
  session.onRequest();
  try {
    const region = asking.region ?? session.region;
    const bytes = await session.client({ product, operation, query: asking.query, region });
    return judge(asking, bytes, readAnswer(asking.call, asking.file, asking.names ?? [], bytes));
  } catch (error) {
    if (error instanceof CollectFailed) throw error;
    return takeFailure(asking, readCallFailure(error));
  }
}

function judge(asking: Asking, bytes: Uint8Array, reading: Reading): Attempt<Answered, CallFailure> {
  if ("error" in reading) {
    const { code, message } = reading.error;
    return fail({
      kind: "REFUSED",
      code,
      message,
      status: 200,
      body: JSON.stringify({ Code: code, Message: message }),
    });
  }
  if ("problem" in reading) return fail({ kind: "UNREADABLE", problem: reading.problem });
  const problem = asking.check?.(reading.answer);
  return problem === undefined ? { value: { bytes, answer: reading.answer } } : fail({ kind: "UNREADABLE", problem });
}

/** An error that says that there is none of what was asked for is an answer. */
function takeFailure(asking: Asking, failure: CallFailure): Attempt<Answered, CallFailure> {
  if (failure.kind !== "REFUSED") return fail(failure);
  const bytes = Buffer.from(failure.body);
  const reading = readAnswer(asking.call, asking.file, asking.names ?? [], bytes);
  return "answer" in reading ? { value: { bytes, answer: reading.answer } } : fail(failure);
}

function fail(failure: CallFailure): Attempt<Answered, CallFailure> {
  const retryAfter = failure.kind === "REFUSED" ? failure.retryAfter : undefined;
  return { failure, mayPass: isPassing(failure), retryAfter };
}
