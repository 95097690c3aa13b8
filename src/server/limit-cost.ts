import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { countNodes } from "./count-nodes.js";
import type { OperationContext } from "./operation-context.js";

/** What a server answers without keeping others waiting for half a second. */
const mostNodes = 50_000;

/** Refuses an operation whose pages within pages may hold more than can be answered while others wait. */
export const limitCost: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (!operation) return;
        const cost = countNodes(schema, document, operation, request.variables ?? {});
        contextValue.record.cost = cost;
        if (cost <= mostNodes) return;
        const message = `the operation may return ${cost} nodes, and ${mostNodes} are allowed: ask for smaller pages with \`first\``;
        throw new GraphQLError(message, {
          nodes: operation,
          extensions: { code: "QUERY_TOO_EXPENSIVE", cost, limit: mostNodes, http: { status: 400 } },
        });
      },
    };
  },
};
