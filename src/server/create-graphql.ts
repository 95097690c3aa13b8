import type { GraphQLSchema } from "graphql";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { answerCompiled } from "./answer-compiled.js";
import { askApollo } from "./ask-apollo.js";
import { createApollo } from "./create-apollo.js";
import { joinParts } from "./join-parts.js";
import { keepDocuments } from "./keep-documents.js";
import { keepMediaTypes } from "./keep-media-types.js";
import { limitCost } from "./limit-cost.js";
import { limitErrors } from "./limit-errors.js";
import { limitIntrospection } from "./limit-introspection.js";
import { recordOutcomes } from "./log-operation.js";
import type { OperationContext } from "./operation-context.js";
import { type Posed, textOf, type Written } from "./posed.js";
import { refuseRepeated } from "./refuse-repeated.js";
import { refuseSubscriptions } from "./refuse-subscriptions.js";
import { rememberAnswers } from "./remember-answers.js";
import { createShortcut, type Shortcut } from "./shortcut.js";
import { answerTimeout } from "./time-budget.js";
import { traceOperations } from "./trace-operations.js";

/** Answers requests for operations. */
export interface Graphql {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly answer: (posed: Posed, context: OperationContext) => Promise<Written>;
  /** What `answer` tries first. */
  readonly shortcut: Shortcut;
}

/**
 * Answers operations on our schema: by the shortcut what that can answer, everything else by Apollo Server. What a client gets, and
 * what the log and the figures say of it, is the same.
 *
 * @param hasShortcut false leaves everything to Apollo Server, which takes longer for the same
 */
export function createGraphql(
  schema: GraphQLSchema,
  config: Pick<Config, "introspection" | "maxCost" | "costPerMinute" | "answerMemory">,
  log: Log,
  hasShortcut = true,
): Graphql {
  const documents = keepDocuments();
  const memory = rememberAnswers(config.answerMemory);
  const { plugin, begin } = joinParts([
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
  ]);
  const { write } = memory;
  const apollo = createApollo(schema, config, log, { plugin, documents: documents.store, write });
  const types = keepMediaTypes();
  const shortcut = createShortcut({ schema, findDocument: documents.find, findType: types.find, begin, write });
  return {
    start: () => apollo.start(),
    stop: () => apollo.stop(),
    shortcut,
    answer: async (posed, context) => {
      const short = hasShortcut ? await shortcut(posed, context) : undefined;
      if (short !== undefined) return short;
      const text = textOf(posed);
      if (text !== undefined && documents.find(text) === undefined) refuseRepeated(text);
      return await askApollo(apollo, posed, context, types.keep);
    },
  };
}
