import { ApolloServer } from "@apollo/server";
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
import { answerCompiled } from "./answer-compiled.js";
import { formatError } from "./format-error.js";
import { joinParts } from "./join-parts.js";
import { keepDocuments } from "./keep-documents.js";
import { limitCost } from "./limit-cost.js";
import { limitDepth } from "./limit-depth.js";
import { limitErrors } from "./limit-errors.js";
import { limitIntrospection } from "./limit-introspection.js";
import { limitRepetition } from "./limit-repetition.js";
import { recordOutcomes } from "./log-operation.js";
import type { OperationContext } from "./operation-context.js";
import { refuseSubscriptions } from "./refuse-subscriptions.js";
import { rememberAnswers } from "./remember-answers.js";
import { answerTimeout } from "./time-budget.js";
import { traceOperations } from "./trace-operations.js";

/** The introspection query of the playground and the longest example take a fifth of it. */
const maxTokens = 2_500;

/** Apollo Server on our schema: every limit on, nothing reported to anyone outside. */
export function createApollo(
  schema: GraphQLSchema,
  config: Pick<Config, "introspection" | "maxCost" | "costPerMinute" | "answerMemory">,
  log: Log,
): ApolloServer<OperationContext> {
  const memory = rememberAnswers(config.answerMemory);
  return new ApolloServer<OperationContext>({
    schema,
    stringifyResult: memory.write,
    formatError,
    logger: loggerOf(log),
    // Who may use it is for a plugin to say, which knows who asks.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: keepDocuments(),
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
      joinParts([
        refuseSubscriptions,
        limitIntrospection(config.introspection),
        limitCost(config),
        memory.part,
        answerCompiled(),
        answerTimeout,
        limitErrors,
        recordOutcomes(log),
        // After what writes down how it ended.
        traceOperations,
      ]),
    ],
  });
}

function loggerOf(log: Log) {
  const say = (write: Log["warn"]) => (message?: unknown) => write({}, String(message));
  return { debug: say(log.debug), info: say(log.debug), warn: say(log.warn), error: say(log.error) };
}
