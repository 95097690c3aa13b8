import type { GraphQLFormattedError } from "graphql";
import { formatRefusal } from "../graphql/format-refusal.js";

/** The codes that a client may meet; every other error is a fault of ours and tells nothing of the inside. */
const clientCodes: ReadonlySet<unknown> = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "NOT_FOUND",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "QUERY_TOO_EXPENSIVE",
  "RATE_LIMITED",
  "REVISION_EXPIRED",
  "REVISION_NOT_AVAILABLE",
  "SERVICE_UNAVAILABLE",
  "TIMEOUT",
]);

/** True when the error says something to the client; false when only the operator may read it. */
export function isForClient(error: GraphQLFormattedError): boolean {
  return clientCodes.has(error.extensions?.code);
}

/** Gives each error its code and its words; ours stay mute. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const refusal = isFullOfWrongValues(formatted) ? refuseWrongValues : formatRefusal(formatted, error);
  if (isForClient(refusal)) return refusal;
  return {
    message: "something went wrong on the server; tell its operator the `requestId`",
    ...(formatted.path !== undefined && { path: formatted.path }),
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  };
}

/** graphql-js stops at the fiftieth wrong value of the variables, and gives that no code of its own. */
function isFullOfWrongValues({ message, path }: GraphQLFormattedError): boolean {
  return path === undefined && message.startsWith("Too many errors processing variables");
}

const refuseWrongValues: GraphQLFormattedError = {
  message: "the variables hold too many values that do not fit: mend those that the other errors name, and ask again",
  extensions: { code: "BAD_USER_INPUT" },
};
