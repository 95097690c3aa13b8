import { refusal } from "./errors.js";

/**
 * The value of a question that could be taken.
 * @throws GraphQLError BAD_USER_INPUT naming the argument otherwise
 */
export function takenValue<T>(
  taken: { readonly value: T } | { readonly refusal: { readonly argument: string; readonly message: string } },
): T {
  if ("refusal" in taken) throw refusal(taken.refusal.argument, taken.refusal.message);
  return taken.value;
}
