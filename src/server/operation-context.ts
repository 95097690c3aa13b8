import type { RequestContext } from "../graphql/request-context.js";

/** What resolvers and the log know of a request. */
export interface OperationContext extends RequestContext {
  readonly requestId: string;
}
