import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { OperationTypeNode } from "graphql";
import type { LiveSnapshot } from "../app/live-snapshot.js";
import type { RequestContext, Viewer } from "../graphql/request-context.js";
import type { Authenticate } from "./auth/authenticate.js";
import type { Graphql } from "./create-graphql.js";
import { headersOf, holdsAnswer, tagOf } from "./entity-tag.js";
import type { DocumentRules } from "./find-document.js";
import { recordOperation } from "./operation-context.js";
import type { OperationRecord } from "./operation-record.js";
import { readQuestion } from "./read-question.js";
import { HttpRefusal, type Reply, replyText } from "./reply.js";
import { type Asked, takePosted, takeSearch } from "./take-document.js";
import { startTimeBudget } from "./time-budget.js";

export interface GraphqlEndpoint {
  readonly graphql: Pick<Graphql, "answer">;
  readonly createContext: (viewer: Viewer) => RequestContext;
  readonly authenticate: Authenticate;
  readonly documents: DocumentRules;
  readonly live: Pick<LiveSnapshot, "newest">;
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
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  record: OperationRecord,
): Promise<Reply> {
  const { method = "", url = "" } = request;
  if (method === "OPTIONS") return { status: 204, headers: { allow }, body: undefined };
  if (method !== "GET" && method !== "POST") throw new HttpRefusal(405, "ask with POST, or GET", { allow });
  const viewer = await endpoint.authenticate(request);
  record.viewer = viewer.name;
  const { documents } = endpoint;
  if (method === "POST") {
    const asked = takePosted(documents, await readQuestion(request));
    return await execute(endpoint, { request, record, viewer, asked });
  }
  const search = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  const asked = takeSearch(documents, search);
  return await answerAgain(endpoint, { request, record, viewer, asked }, search);
}

interface Question {
  readonly request: IncomingMessage;
  readonly record: OperationRecord;
  readonly viewer: Viewer;
  readonly asked: Asked;
}

/** Spares the work, and the way back, where the client holds the answer to a trusted document already. */
async function answerAgain(endpoint: GraphqlEndpoint, question: Question, search: string): Promise<Reply> {
  const { request, record, viewer, asked } = question;
  if (asked.sha256 === undefined) return await execute(endpoint, question);
  const { accept } = request.headers;
  const tag = tagOf({ sha256: asked.sha256, search, accept, viewer, snapshot: endpoint.live.newest });
  if (holdsAnswer(request.headers, tag) && isDeliberate(request.headers)) {
    record.type = OperationTypeNode.QUERY;
    record.revisions.add(endpoint.live.newest.revision);
    return { status: 304, headers: headersOf(tag), body: undefined };
  }
  const reply = await execute(endpoint, question);
  const isLasting = reply.status === 200 && record.isTimeless && !isFailed(reply.body);
  return isLasting ? { ...reply, headers: { ...reply.headers, ...headersOf(tag) } } : reply;
}

async function execute(
  { graphql, createContext, operationTimeout, live }: GraphqlEndpoint,
  { request, record, viewer, asked: { search, body } }: Question,
): Promise<Reply> {
  const { method = "", headers } = request;
  const context = recordOperation(createContext(viewer), record, startTimeBudget(operationTimeout, request), live);
  const written = await graphql.answer({ method, headers, search, body }, context);
  return replyText(written.status, written.headers, stampErrors(written.text, record.requestId));
}

interface FailedAnswer {
  readonly errors: readonly { readonly extensions?: object }[];
}

/** Carries what a foreign page cannot send; Apollo asks the same of every question. */
function isDeliberate(headers: IncomingHttpHeaders): boolean {
  return ["apollo-require-preflight", "x-apollo-operation-name"].some((name) => headers[name] !== undefined);
}

const isFailed = (text: Reply["body"]) => typeof text === "string" && text.startsWith('{"errors":');

/** Puts the request's id into each error. Errors stand first in an answer, and most answers have none. */
function stampErrors(text: string, requestId: string): string {
  if (!isFailed(text)) return text;
  const answer: unknown = JSON.parse(text);
  if (!isFailure(answer)) return text;
  const errors = answer.errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  return `${JSON.stringify({ ...answer, errors })}\n`;
}

function isFailure(answer: unknown): answer is FailedAnswer {
  return typeof answer === "object" && answer !== null && "errors" in answer && Array.isArray(answer.errors);
}
