import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { answerGraphql, type GraphqlEndpoint } from "./answer-graphql.js";
import { checkHost, refuseForwarded } from "./check-host.js";
import { answerHealth, type Health } from "./health.js";
import type { Metrics } from "./metrics.js";
import type { AnswerPlayground } from "./playground.js";
import { HttpRefusal, type Reply, replyError, replyJson, replyText, send } from "./reply.js";

export interface Routes extends GraphqlEndpoint {
  readonly health: Health;
  readonly playground: AnswerPlayground;
  readonly metrics: Pick<Metrics, "show" | "contentType">;
  readonly allowedHosts: Config["allowedHosts"];
  /** False on a loopback address where nobody has to say who they are: what a proxy passes on came from elsewhere. */
  readonly takesForwarded: boolean;
  readonly log: Log;
}

/** Answers every request: each gets a reply and an id of its own, whatever goes wrong. */
export function createRouter(routes: Routes): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const requestId = randomUUID();
    response.setHeader("x-request-id", requestId);
    // A sender that goes away while we read or write ends its own request only.
    response.on("error", (error) => routes.log.debug({ requestId, err: error }, "a client went away"));
    answer(routes, request, requestId).then(
      (reply) => finish(request, response, reply),
      (error: unknown) => finish(request, response, replyTrouble(routes.log, requestId, error)),
    );
  };
}

async function answer(routes: Routes, request: IncomingMessage, requestId: string): Promise<Reply> {
  checkHost(request.headers.host, routes.allowedHosts);
  if (!routes.takesForwarded) refuseForwarded(request.headers);
  const { method = "", url = "", headers } = request;
  const path = url.split("?", 1)[0];
  if (path === "/graphql") return await answerGraphql(routes, request, requestId);
  if (path === "/metrics") return restrictMethod(method, await answerMetrics(routes, headers.authorization));
  const reply = answerHealth(routes.health, path) ?? routes.playground({ method, url, headers });
  if (reply) return restrictMethod(method, reply);
  if (path === "/" && headers.accept?.includes("text/html")) return replyJson(303, {}, { location: "playground/" });
  throw new HttpRefusal(404, "there is nothing here: the API is at /graphql, the playground at /playground");
}

/** They count what everybody asks, so they are for those who may see everything. */
async function answerMetrics({ authenticate, metrics }: Routes, authorization: string | undefined): Promise<Reply> {
  const { seesAllAccounts } = await authenticate(authorization);
  if (!seesAllAccounts) throw new HttpRefusal(403, "metrics are for tokens that see all accounts");
  return replyText(200, new Map([["content-type", metrics.contentType]]), await metrics.show());
}

function restrictMethod(method: string, reply: Reply): Reply {
  if (method === "GET" || method === "HEAD") return reply;
  throw new HttpRefusal(405, "ask with GET", { allow: "GET, HEAD" });
}

function replyTrouble(log: Log, requestId: string, error: unknown): Reply {
  if (error instanceof HttpRefusal) return replyError(error.status, error.message, requestId, error.headers);
  log.error({ requestId, err: error }, "a request failed");
  return replyError(500, "something went wrong on the server; tell its operator the `requestId`", requestId);
}

/** Milliseconds in which a sender that is still sending can read the reply; cut off at once, it might never see it. */
const farewell = 200;

/** What is left of a body is thrown away, and the connection ends. */
function finish(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  if (!request.complete) response.setHeader("connection", "close");
  send(response, reply);
  if (request.complete) response.end();
  else partFrom(request, response);
}

function partFrom(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners("data").resume();
  const end = () => response.end(() => request.destroy());
  const late = setTimeout(end, farewell);
  request.once("end", () => {
    clearTimeout(late);
    end();
  });
}
