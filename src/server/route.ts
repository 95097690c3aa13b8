import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../app/config.js";
import type { Log } from "../app/log.js";
import { answerGraphql, type GraphqlEndpoint } from "./answer-graphql.js";
import { checkHost, refuseForwarded } from "./check-host.js";
import { answerHealth, type Health } from "./health.js";
import { logOperation } from "./log-operation.js";
import type { Metrics } from "./metrics/create-metrics.js";
import type { OperationRecord } from "./operation-record.js";
import type { AnswerPlayground } from "./playground.js";
import { codeOf, HttpRefusal, type Reply, replyJson, replyText } from "./reply.js";
import { respond } from "./respond.js";
import { shareWithOrigins } from "./share-with-origins.js";

export interface Routes extends GraphqlEndpoint {
  readonly health: Health;
  readonly playground: AnswerPlayground;
  readonly metrics: Pick<Metrics, "show" | "contentType" | "countOperation">;
  /** False when they have a door of their own. */
  readonly showsMetrics: boolean;
  readonly allowedHosts: Config["allowedHosts"];
  readonly corsOrigins: Config["corsOrigins"];
  /** False on a loopback address where nobody has to say who they are: what a proxy passes on came from elsewhere. */
  readonly takesForwarded: boolean;
  readonly log: Log;
}

/** Answers every request, and leaves a line of those that matter. */
export function createRouter(routes: Routes): (request: IncomingMessage, response: ServerResponse) => void {
  const reply = respond({
    log: routes.log,
    answer: (request, record) => answer(routes, request, record),
    onReply: ({ url }, record, { status }) => audit(routes, url, record, status),
  });
  return (request, response) => {
    for (const [name, value] of shareWithOrigins(routes.corsOrigins, request)) response.setHeader(name, value);
    reply(request, response);
  };
}

/** What asks for facts or figures leaves a line, also when it is refused. */
function audit(routes: Routes, url: string | undefined, record: OperationRecord, status: number): void {
  const isRefused = status >= 400;
  if (!isRefused && record.type === undefined) return;
  if (!/^\/(graphql|metrics)(\?|$)/.test(url ?? "")) return;
  if (isRefused && record.codes.length === 0) record.codes = [codeOf(status)];
  routes.metrics.countOperation(record);
  logOperation(routes.log, record, status);
}

async function answer(routes: Routes, request: IncomingMessage, record: OperationRecord): Promise<Reply> {
  const { method = "", url = "", headers } = request;
  const path = url.split("?", 1)[0];
  // Who watches over a process asks by whatever address it has, and learns nothing but that it lives.
  if (path !== "/healthz") checkHost(headers.host, routes.allowedHosts);
  if (!routes.takesForwarded) refuseForwarded(headers);
  if (path === "/graphql") return await answerGraphql(routes, request, record);
  if (path === "/metrics" && routes.showsMetrics)
    return restrictMethod(method, await answerMetrics(routes, request, record));
  const reply = (await answerHealth(routes.health, path)) ?? routes.playground({ method, url, headers });
  if (reply) return restrictMethod(method, reply);
  if (path === "/" && (method === "GET" || method === "HEAD")) return welcome(routes, headers);
  throw new HttpRefusal(404, "there is nothing here: the API is at /graphql, the playground at /playground");
}

/** Leads a browser to the playground, and tells a program where things are. */
function welcome({ playground }: Routes, headers: IncomingMessage["headers"]): Reply {
  const hasPlayground = playground({ method: "HEAD", url: "/playground/", headers: {} }) !== undefined;
  if (hasPlayground && headers.accept?.includes("text/html")) return replyJson(303, {}, { location: "playground/" });
  const text = `ramgraph: the GraphQL API is at /graphql${hasPlayground ? ", the playground at /playground/" : ""}\n`;
  return replyText(200, { "content-type": "text/plain; charset=utf-8" }, text);
}

/** Figures, unless they have a door of their own. They count what everybody asks, so they are for those who may see everything. */
async function answerMetrics(
  { authenticate, metrics }: Routes,
  request: IncomingMessage,
  record: OperationRecord,
): Promise<Reply> {
  const { name, seesAllAccounts } = await authenticate(request);
  record.viewer = name;
  if (!seesAllAccounts) throw new HttpRefusal(403, "metrics are for tokens that see all accounts");
  return replyText(200, { "content-type": metrics.contentType }, await metrics.show());
}

function restrictMethod(method: string, reply: Reply): Reply {
  if (method === "GET" || method === "HEAD") return reply;
  throw new HttpRefusal(405, "ask with GET", { allow: "GET, HEAD" });
}
