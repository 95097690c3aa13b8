import {
  type GraphQLRequestContext,
  type GraphQLRequestContextDidEncounterErrors,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLResponse,
  HeaderMap,
} from "@apollo/server";
import type { OperationContext } from "./operation-context.js";

/** An operation that begins. */
export type Begun = Pick<GraphQLRequestContext<OperationContext>, "contextValue">;

/** An operation whose document is read and found valid. */
export type Resolved = Pick<
  GraphQLRequestContextDidResolveOperation<OperationContext>,
  "contextValue" | "schema" | "document" | "source" | "operation" | "operationName" | "request"
>;

/** An operation that met errors. */
export type Failed = Pick<GraphQLRequestContextDidEncounterErrors<OperationContext>, "errors">;

/** An operation with its answer, which may still be changed. */
export type Answered = Pick<GraphQLRequestContextWillSendResponse<OperationContext>, "operationName" | "response">;

/** What a part of the server does while an operation goes its way. It says at once what it can, and lets nobody wait for nothing. */
export interface Listener {
  /** May throw, which refuses the operation. */
  readonly didResolveOperation?: (operation: Resolved) => void;
  readonly didEncounterErrors?: (operation: Failed) => void;
  /** The first answer that is given holds, and parts behind it are not asked. */
  readonly responseForOperation?: (operation: Resolved) => Promise<GraphQLResponse | null> | GraphQLResponse | null;
  readonly willSendResponse?: (operation: Answered) => void;
}

/** Told of each operation when it begins; a part that keeps nothing about an operation is one listener for all. */
export type Part = Listener | ((operation: Begun) => Listener);

/** What an answer adds to its head. Apollo Server only reads it; each map is made with a symbol of its own, so one does for all. */
export const NO_HEADERS: GraphQLResponse["http"] = { headers: new HeaderMap() };
