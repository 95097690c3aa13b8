import type { ApolloServerPlugin } from "@apollo/server";
import type { Log } from "../app/log.js";
import { formatError, isForClient } from "./format-error.js";
import type { OperationContext } from "./operation-context.js";

const longestName = 100;

/**
 * One line for each operation: who asked, under which name, what it was answered from, how long it took, what it cost and how it
 * ended. And one for each fault of ours with its stack. Never a document, a variable or a token.
 */
export function logOperations(log: Log): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue: { requestId, viewer, record } }) {
      const start = performance.now();
      return {
        async didEncounterErrors({ errors }) {
          const faults = errors.filter((error) => !isForClient(formatError(error.toJSON(), error)));
          for (const fault of faults)
            log.error({ requestId, err: fault.originalError ?? fault }, "an operation failed");
        },
        async willSendResponse({ operationName, response: { body } }) {
          const durationMs = Math.round((performance.now() - start) * 10) / 10;
          const name = operationName?.slice(0, longestName);
          const errors = body.kind === "single" ? (body.singleResult.errors ?? []) : [];
          const facts = {
            requestId,
            viewer: viewer.name,
            operationName: name,
            revision: [...record.revisions].join(" "),
            durationMs,
            cost: record.cost,
            outcome: errors[0]?.extensions?.code ?? "OK",
            errors: errors.length,
          };
          log.info(facts, "answered an operation");
        },
      };
    },
  };
}
