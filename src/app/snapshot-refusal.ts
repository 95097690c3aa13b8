import { GraphQLError } from "graphql";

/** A revision that is not there, or not in time. */
export function refuseRevision(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "REVISION_NOT_AVAILABLE" } });
}

/** A revision that was there and has been pruned. */
export function refuseExpired(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "REVISION_EXPIRED" } });
}

/** A question that needs the database while it is away; asked again later, it has an answer. */
export function refuseWithoutDatabase(newest: string, reason: unknown): GraphQLError {
  const message = `the database is away, and only it holds this revision; ask again later, or ask about the newest revision, \`${newest}\``;
  return new GraphQLError(message, {
    extensions: { code: "SERVICE_UNAVAILABLE", http: { status: 503 } },
    ...(reason instanceof Error && { originalError: reason }),
  });
}

/** Each past state is a world to be read and compiled. */
export function refuseManyStates(most: number): GraphQLError {
  const message = `the operation looks at more than ${most} past states; ask about fewer at once`;
  return new GraphQLError(message, { extensions: { code: "QUERY_TOO_EXPENSIVE", limit: most } });
}
