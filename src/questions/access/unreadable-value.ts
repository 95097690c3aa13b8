import { type Refusal, refuse } from "./access-question.js";
import type { Decision } from "./decision.js";

/** A value of the question that a policy's operator cannot read: no guess is made, the question is refused. */
export function refusalOf(decisions: Iterable<Decision>, place: string): { readonly refusal: Refusal } | undefined {
  for (const { unreadableValues } of decisions) {
    const [first] = unreadableValues;
    if (first === undefined) continue;
    const argument = place === "" ? "context.entries" : `${place}.context.entries`;
    const message = `the value of key \`${first.key}\` cannot be read by \`${first.operator}\`; give one of its kind (an address, a date with zone, a number, true or false)`;
    return refuse(argument, message);
  }
  return undefined;
}
