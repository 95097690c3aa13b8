import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import type { Listener } from "./part.js";

const TIMEOUT = "TIMEOUT";

/**
 * Starts the time of an operation. Whoever asked may be gone before it is over, and then nobody waits for the answer.
 *
 * @param budget milliseconds
 * @returns a function that throws GraphQLError with the code TIMEOUT from then on
 */
export function startTimeBudget(budget: number, { socket }: Pick<IncomingMessage, "socket">): () => void {
  const end = performance.now() + budget;
  return () => {
    if (performance.now() < end && !socket.destroyed) return;
    const message = `the operation took longer than ${budget / 1_000} seconds and was stopped: ask for less at once`;
    throw new GraphQLError(message, { extensions: { code: TIMEOUT } });
  };
}

/**
 * An operation that ran out of time has no answer, rather than one with holes wherever it was stopped. The status stays 200, as
 * it was executed and asking again does not help.
 */
export const answerTimeout: Listener = {
  willSendResponse: ({ response: { body } }) => {
    if (body.kind !== "single") return;
    const late = body.singleResult.errors?.find(({ extensions }) => extensions?.code === TIMEOUT);
    if (late === undefined) return;
    body.singleResult.errors = [{ message: late.message, extensions: { code: TIMEOUT } }];
    body.singleResult.data = null;
  },
};
