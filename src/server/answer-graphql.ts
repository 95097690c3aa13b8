import type { IncomingMessage } from "node:http";
import { type ApolloServer, HeaderMap } from "@apollo/server";
import type { RequestContext, Viewer } from "../graphql/request-context.js";
import type { Authenticate } from "./auth/authenticate.js";
import { type OperationContext, recordOperation } from "./operation-context.js";
import type { OperationRecord } from "./operation-record.js";
import { readQuestion } from "./read-question.js";
import { HttpRefusal, type Reply, replyText } from "./reply.js";
import { startTimeBudget } from "./time-budget.js";

export interface GraphqlEndpoint {
  readonly apollo: ApolloServer<OperationContext>;
  readonly createContext: (viewer: Viewer) => RequestContext;
  readonly authenticate: Authenticate;
  /** Milliseconds that one operation may take. */
  readonly operationTimeout: number;
}

const allow = "GET, POST, OPTIONS";

/**
 * Answers a request to `/graphql`.
 *
 * @param record takes down who asks and how it ends
 * @throws HttpRefusal for what is no question
 */
export async function answerGraphql(
  { apollo, createContext, authenticate, operationTimeout }: GraphqlEndpoint,
  request: IncomingMessage,
  record: OperationRecord,
): Promise<Reply> {
  const { method = "", url = "" } = request;
  if (method === "OPTIONS") return { status: 204, headers: { allow }, body: undefined };
  if (method !== "GET" && method !== "POST") throw new HttpRefusal(405, "ask with POST, or GET", { allow });
  const viewer = await authenticate(request.headers.authorization);
  record.viewer = viewer.name;
  const body = method === "POST" ? await readQuestion(request) : undefined;
  const checkTime = startTimeBudget(operationTimeout, request);
  const response = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: readHeaders(request), search: new URL(url, "http://_").search, body },
    context: async () => recordOperation(createContext(viewer), record, checkTime),
  });
  if (response.body.kind === "chunked") throw new Error("a schema without @defer gave an answer in parts");
  return replyText(response.status ?? 200, response.headers, stampErrors(response.body.string, record.requestId));
}

function readHeaders({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

interface FailedAnswer {
  readonly errors: readonly { readonly extensions?: object }[];
}

/** Puts the request's id into each error. Errors stand first in an answer, and most answers have none. */
function stampErrors(text: string, requestId: string): string {
  if (!text.startsWith('{"errors":')) return text;
  const answer: unknown = JSON.parse(text);
  if (!isFailure(answer)) return text;
  const errors = answer.errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return `${JSON.stringify({ ...answer, errors })}\n`;
}

function isFailure(answer: unknown): answer is FailedAnswer {
  return typeof answer === "object" && answer !== null && "errors" in answer && Array.isArray(answer.errors);
}
