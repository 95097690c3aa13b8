import { GraphQLError } from "graphql";

/**
 * A question that cannot be taken.
 * @param argument path of the argument or input field, e.g. `filterBy.attachedPolicy`
 * @param message what is wrong and the mend, the user's text in backticks
 * @returns an error with `extensions.code` BAD_USER_INPUT and `extensions.argument`; the caller throws it
 */
export function refusal(argument: string, message: string): GraphQLError {
  return new GraphQLError(`${argument}: ${message}`, { extensions: { code: "BAD_USER_INPUT", argument } });
}

/** Refuses texts that no name or pattern comes near, before they can cost anything. Counts characters. */
export function checkLength(argument: string, text: string | null | undefined, minimum: number, maximum: number): void {
  if (text === null || text === undefined) return;
  const length = text.length > 2 * maximum ? text.length : Array.from(text).length;
  if (length >= minimum && length <= maximum) return;
  throw refusal(argument, `${length} characters, expected ${minimum} to ${maximum}`);
}

/** Was a revision asked for that does not exist or is no longer kept? */
export function isRevisionRefusal(error: unknown): boolean {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return code === "REVISION_NOT_AVAILABLE" || code === "REVISION_EXPIRED";
}
