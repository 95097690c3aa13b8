import { GraphQLError } from "graphql";
import type { Listener } from "./part.js";

/** graphql-js finds out only while executing that the schema has no such root, and calls it a fault of the server. */
export const refuseSubscriptions: Listener = {
  didResolveOperation: ({ schema, operation }) => {
    if (!operation || schema.getRootType(operation.operation)) return;
    throw new GraphQLError(`this API has no ${operation.operation}s: ask with a query`, {
      extensions: { code: "BAD_REQUEST", http: { status: 400 } },
    });
  },
};
