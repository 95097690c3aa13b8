import { refusal } from "../../graphql/errors.js";
import type { Taken } from "./access-question.js";

/**
 * The value of a question that could be taken.
 * @throws GraphQLError BAD_USER_INPUT naming the argument otherwise
 */
export function takenValue<T>(taken: Taken<T>): T {
  if ("refusal" in taken) throw refusal(taken.refusal.argument, taken.refusal.message);
  return taken.value;
}
