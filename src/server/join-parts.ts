import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from "@apollo/server";
import type { OperationContext } from "./operation-context.js";

/** What a part of the server does while an operation goes its way. It says at once what it can, and lets nobody wait for nothing. */
export interface Listener {
  /** May throw, which refuses the operation. */
  readonly didResolveOperation?: (request: GraphQLRequestContextDidResolveOperation<OperationContext>) => void;
  readonly didEncounterErrors?: (request: GraphQLRequestContextDidEncounterErrors<OperationContext>) => void;
  /** The first answer that is given holds, and parts behind it are not asked. */
  readonly responseForOperation?: (
    request: GraphQLRequestContextResponseForOperation<OperationContext>,
  ) => Promise<GraphQLResponse | null> | GraphQLResponse | null;
  readonly willSendResponse?: (request: GraphQLRequestContextWillSendResponse<OperationContext>) => void;
}

/** Told of each operation when it begins. */
export type Part = (request: GraphQLRequestContext<OperationContext>) => Listener;

/**
 * Makes one plugin of parts, which are asked in their order. Apollo Server waits for every plugin at every step, and each wait for
 * nothing costs some objects and turns of the queue: a dozen plugins cost as much as the rest of a short answer.
 */
export function joinParts(parts: readonly Part[]): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart(request) {
      const listeners = parts.map((part) => part(request));
      return {
        didResolveOperation: async (resolved) => askAll(listeners, (each) => each.didResolveOperation?.(resolved)),
        didEncounterErrors: async (failed) => askAll(listeners, (each) => each.didEncounterErrors?.(failed)),
        responseForOperation: async (resolved) => {
          for (const each of listeners) {
            const coming = each.responseForOperation?.(resolved) ?? null;
            const response = coming === null ? null : await coming;
            if (response !== null) return response;
          }
          return null;
        },
        willSendResponse: async (answered) => askAll(listeners, (each) => each.willSendResponse?.(answered)),
      };
    },
  };
}

/** All are asked, also behind one that throws: the first reason counts. */
function askAll(listeners: readonly Listener[], ask: (listener: Listener) => void): void {
  const reasons: unknown[] = [];
  for (const each of listeners) {
    try {
      ask(each);
    } catch (reason) {
      reasons.push(reason);
    }
  }
  if (reasons.length > 0) throw reasons[0];
}
