import type { IncomingHttpHeaders } from "node:http";
import { asTyped } from "../app/as-typed.js";
import type { Example } from "../app/example.js";
import { type Asset, type Coding, codings, createAsset, readAssets } from "./playground-assets.js";

/** What the playground needs to know of a request. */
export interface PlaygroundRequest {
  readonly method: string;
  /** The request target as it came, e.g. `/playground/?x=1`: nothing is decoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface PlaygroundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when there is none to send, as for HEAD. */
  readonly body: Buffer | undefined;
}

/** Answers a request below `/playground`; undefined for every other path. */
export type AnswerPlayground = (request: PlaygroundRequest) => PlaygroundResponse | undefined;

const root = "/playground";

/** Monaco writes styles and starts workers; all else, and every other origin, is closed. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const securityHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * The self-hosted playground: `/playground/`, its assets below `/playground/_graphiql/`, and `/playground/examples.json`.
 * All of it lies in memory. Where the page was never built the answer is 503 and says what to do.
 *
 * @param options.assetsDir the built page, absolute (`dist/playground`)
 * @param options.examples in the order in which they are offered
 * @throws when `assetsDir` exists and cannot be read
 */
export async function createPlayground(options: {
  readonly assetsDir: string;
  readonly examples: readonly Example[];
}): Promise<AnswerPlayground> {
  const assets = new Map(await readAssets(options.assetsDir));
  const page = assets.get("index.html");
  if (page) assets.set("", page);
  assets.set(
    "examples.json",
    createAsset("examples.json", Buffer.from(JSON.stringify(options.examples.map(described)))),
  );
  return (request) => {
    const path = request.url.split("?", 1)[0] ?? "";
    if (path !== root && !path.startsWith(`${root}/`)) return undefined;
    const response = page ? answerPath(path, request.headers, assets) : sayNotBuilt();
    return restrictToMethod(request.method, response);
  };
}

/** As the page tells it: the document stays to the byte, as which it may be trusted. */
function described(example: Example): Example {
  return { ...example, description: asTyped(example.description) };
}

function answerPath(
  path: string,
  headers: IncomingHttpHeaders,
  assets: ReadonlyMap<string, Asset>,
): PlaygroundResponse {
  // Relative, so that it holds behind a proxy that adds a path prefix, and repeats nothing of the request.
  if (path === root) return sendText(308, "the playground is at `playground/`", { location: "playground/" });
  const asset = assets.get(path.slice(root.length + 1));
  return asset ? sendAsset(asset, headers) : sendText(404, "the playground has no such file");
}

function sendAsset(asset: Asset, headers: IncomingHttpHeaders): PlaygroundResponse {
  const coding = chooseCoding(asset, headers["accept-encoding"]);
  const etag = `"${asset.version}${coding ? `-${coding}` : ""}"`;
  const body = (coding && asset.compressed.get(coding)) ?? asset.plain;
  const shared = { ...securityHeaders, "cache-control": asset.cacheControl, etag, vary: "accept-encoding" };
  if (matches(headers["if-none-match"], etag)) return { status: 304, headers: shared, body: undefined };
  return {
    status: 200,
    headers: {
      ...shared,
      "content-type": asset.contentType,
      "content-length": String(body.length),
      ...(coding && { "content-encoding": coding }),
    },
    body,
  };
}

/** The preferred coding that the client takes and the asset has; a client that weighs one with 0 refuses it. */
function chooseCoding(asset: Asset, accepted = ""): Coding | undefined {
  const taken = accepted
    .toLowerCase()
    .split(",")
    .map((part) => part.replaceAll(" ", ""))
    .filter((part) => !/;q=0(\.0*)?$/.test(part))
    .map((part) => part.split(";", 1)[0]);
  return codings.map(({ name }) => name).find((name) => asset.compressed.has(name) && taken.includes(name));
}

function matches(condition: string | undefined, etag: string): boolean {
  const tags = (condition ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

function sayNotBuilt(): PlaygroundResponse {
  return sendText(503, "the playground is not built: run `npm run build`, then start the server again");
}

function sendText(status: number, text: string, more: Readonly<Record<string, string>> = {}): PlaygroundResponse {
  const body = Buffer.from(`${text}\n`);
  const headers = { "content-type": "text/plain; charset=utf-8", "content-length": String(body.length), ...more };
  return { status, headers: { ...securityHeaders, "cache-control": "no-store", ...headers }, body };
}

function restrictToMethod(method: string, response: PlaygroundResponse): PlaygroundResponse {
  if (method === "GET") return response;
  if (method === "HEAD") return { ...response, body: undefined };
  return sendText(405, "the playground takes GET and HEAD only", { allow: "GET, HEAD" });
}
