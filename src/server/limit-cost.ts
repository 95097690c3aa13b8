import { HeaderMap } from "@apollo/server";
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import type { Config } from "../app/config.js";
import { type Allowance, createCostBudget } from "./cost-budget.js";
import type { Part } from "./part.js";
import type { Price } from "./price-arguments.js";
import { priceOperation } from "./price-operation.js";

/**
 * Prices each operation before it runs, refuses what is too expensive at once or for this minute, and tells the cost in
 * `extensions.cost` of the answer.
 */
export function limitCost({ maxCost, costPerMinute }: Pick<Config, "maxCost" | "costPerMinute">): Part {
  const spend = costPerMinute === undefined ? undefined : createCostBudget(costPerMinute);
  const priceOf = rememberPrices();
  return ({ contextValue: { record, viewer } }) => {
    let allowance: Allowance | undefined;
    return {
      didResolveOperation: ({ schema, document, operation, request }) => {
        if (!operation) return;
        const cost = priceOf(schema, document, operation)(request.variables ?? {});
        record.cost = cost;
        if (cost > maxCost) throw refuseCost(cost, maxCost, operation);
        allowance = spend?.(viewer, cost);
        if (allowance?.isGranted === false) throw refuseRate(cost, allowance);
      },
      willSendResponse: ({ response: { body } }) => {
        if (body.kind !== "single" || record.cost === undefined) return;
        const cost = { requested: record.cost, limit: maxCost, ...(allowance && showAllowance(allowance)) };
        body.singleResult.extensions = { ...body.singleResult.extensions, cost };
      },
    };
  };
}

/** Documents stay the same objects while the server remembers them, and a document's prices go with it. */
function rememberPrices() {
  const prices = new WeakMap<OperationDefinitionNode, Price>();
  return (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Price => {
    const price = prices.get(operation) ?? priceOperation(schema, document, operation);
    prices.set(operation, price);
    return price;
  };
}

function refuseCost(cost: number, limit: number, operation: OperationDefinitionNode): GraphQLError {
  const message = `the operation costs ${cost}, above the limit of ${limit}: ask for smaller pages with \`first\`, or for less at once`;
  return new GraphQLError(message, {
    nodes: operation,
    extensions: { code: "QUERY_TOO_EXPENSIVE", cost, limit, http: { status: 400 } },
  });
}

function refuseRate(cost: number, allowance: Allowance): GraphQLError {
  const { remaining, resetAt } = showAllowance(allowance);
  const seconds = Math.ceil(allowance.wait / 1_000);
  const message = `the operation costs ${cost}, and the budget holds ${remaining} now: ask again in ${seconds} seconds`;
  const headers = new HeaderMap([["retry-after", String(seconds)]]);
  return new GraphQLError(message, {
    extensions: { code: "RATE_LIMITED", cost, remaining, resetAt, http: { status: 429, headers } },
  });
}

const showAllowance = ({ remaining, resetAt }: Allowance) => ({
  remaining,
  resetAt: new Date(resetAt).toISOString(),
});
