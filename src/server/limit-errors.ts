import type { Listener } from "./part.js";

/** Who sent a thousand wrong values learns from the first ones what is wrong with all. */
const mostErrors = 10;

/** Keeps the refusal of an operation that was never executed short. What is left out of an answer with data would be missed. */
export const limitErrors: Listener = {
  willSendResponse: ({ response: { body } }) => {
    if (body.kind !== "single" || body.singleResult.data !== undefined) return;
    const { errors } = body.singleResult;
    if (errors !== undefined && errors.length > mostErrors) body.singleResult.errors = errors.slice(0, mostErrors);
  },
};
