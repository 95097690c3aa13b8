import { context, trace } from "@opentelemetry/api";
import { failSpan, tracer } from "../app/trace.js";
import type { Part } from "./part.js";

/**
 * A span for each operation, called by its type: its name is an attribute, as there may be any number of them. Neither the document nor
 * its variables are told.
 */
export const traceOperations: Part = ({ contextValue: { record } }) => {
  const span = tracer.startSpan("graphql");
  record.trace = trace.setSpan(context.active(), span);
  return {
    didResolveOperation: ({ operation, operationName }) => {
      span.updateName(operation?.operation ?? "graphql");
      if (operation) span.setAttribute("graphql.operation.type", operation.operation);
      if (typeof operationName === "string") span.setAttribute("graphql.operation.name", operationName.slice(0, 100));
    },
    willSendResponse: () => {
      const [code] = record.codes;
      if (code !== undefined) failSpan(span, code);
      if (record.cost !== undefined) span.setAttribute("ramgraph.cost", record.cost);
      span.setAttribute("ramgraph.revision", [...record.revisions].join(" "));
      span.end();
    },
  };
};
