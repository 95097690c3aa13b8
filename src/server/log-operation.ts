import type { Log } from "../app/log.js";
import { formatError, isForClient } from "./format-error.js";
import type { OperationRecord } from "./operation-record.js";
import type { Part } from "./part.js";

const longestName = 100;

/** Writes down how each operation ended, and logs each fault of ours with its stack. */
export function recordOutcomes(log: Log): Part {
  return ({ contextValue: { record } }) => ({
    didResolveOperation: ({ operation }) => {
      record.type = operation?.operation;
    },
    didEncounterErrors: ({ errors }) => {
      const { requestId } = record;
      const faults = errors.filter((error) => !isForClient(formatError(error.toJSON(), error)));
      for (const fault of faults) log.error({ requestId, err: fault.originalError ?? fault }, "an operation failed");
    },
    willSendResponse: ({ operationName, response: { body } }) => {
      record.operationName = operationName?.slice(0, longestName);
      const errors = body.kind === "single" ? (body.singleResult.errors ?? []) : [];
      record.codes = errors.map(({ extensions }) => String(extensions?.code));
    },
  });
}

/**
 * One line for each operation and each request that was refused before it came to one: who asked, under which name, what it was
 * answered from, how long it took, what it cost and how it ended. Never a document, a variable or a token.
 */
export function logOperation(log: Log, record: OperationRecord, status: number): void {
  const { requestId, viewer, operationName, type, revisions, cost, codes, start } = record;
  const facts = {
    requestId,
    viewer,
    operationName,
    type,
    cost,
    revision: revisions.size === 0 ? undefined : [...revisions].join(" "),
    durationMs: Math.round((performance.now() - start) * 10) / 10,
    status,
    outcome: codes[0] ?? "OK",
    errors: codes.length,
  };
  log.info(facts, type === undefined ? "refused a request" : "answered an operation");
}
