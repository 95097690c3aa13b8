import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { formatError } from "./format-error.js";
import { limitDepth } from "./limit-depth.js";
import { limitRepetition } from "./limit-repetition.js";
import type { OperationContext } from "./operation-context.js";

/** The introspection query of the playground and the longest example take a fifth of it. */
export const maxTokens = 2_500;

/** What stands on the way of an operation through Apollo Server. */
export interface OnTheWay {
  readonly plugin: ApolloServerPlugin<OperationContext>;
  readonly documents: NonNullable<ApolloServerOptions<OperationContext>["documentStore"]>;
  readonly write: NonNullable<ApolloServerOptions<OperationContext>["stringifyResult"]>;
}

/** Apollo Server on our schema: every limit on, nothing reported to anyone outside. */
export function createApollo(
  schema: GraphQLSchema,
  config: Pick<Config, "introspection">,
  log: Log,
  { plugin, documents, write }: OnTheWay,
): ApolloServer<OperationContext> {
  return new ApolloServer<OperationContext>({
    schema,
    stringifyResult: write,
    formatError,
    logger: loggerOf(log),
    // Who may use it is for a plugin to say, which knows who asks.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: documents,
    includeStacktraceInErrorResponses: false,
    // Near misses would tell the schema to those who may not read it.
    hideSchemaDetailsFromClientErrors: config.introspection !== "all",
    stopOnTerminationSignals: false,
    maxRecursiveSelections: 10_000,
    parseOptions: { maxTokens },
    validationOptions: { maxErrors: 5 },
    validationRules: [limitDepth, limitRepetition],
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      plugin,
    ],
  });
}

function loggerOf(log: Log) {
  const say = (write: Log["warn"]) => (message?: unknown) => write({}, String(message));
  return { debug: say(log.debug), info: say(log.debug), warn: say(log.warn), error: say(log.error) };
}
