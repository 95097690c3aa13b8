import type { ApolloServerPlugin } from "@apollo/server";
import type { Log } from "../app/log.js";
import { formatError, isForClient } from "./format-error.js";
import type { OperationContext } from "./operation-context.js";

const longestName = 100;

/** One line for each operation, and one for each fault of ours with its stack; never a document or a variable. */
export function logOperations(log: Log): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart({ contextValue: { requestId } }) {
      const start = performance.now();
      return {
        async didEncounterErrors({ errors }) {
          const faults = errors.filter((error) => !isForClient(formatError(error.toJSON(), error)));
          for (const fault of faults)
            log.error({ requestId, err: fault.originalError ?? fault }, "an operation failed");
        },
        async willSendResponse({ operationName, errors = [] }) {
          const durationMs = Math.round((performance.now() - start) * 10) / 10;
          const name = operationName?.slice(0, longestName);
          log.info({ requestId, operationName: name, durationMs, errors: errors.length }, "answered an operation");
        },
      };
    },
  };
}
