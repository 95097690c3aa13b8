import type { ServerResponse } from "node:http";

/** A whole answer, before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

/** Answers are data: no page may frame them, run them or share them with another origin, and no cache may keep them. */
const dataHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export function replyJson(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const type = { "content-type": "application/json; charset=utf-8" };
  return { status, headers: { ...dataHeaders, ...type, ...headers }, body: `${JSON.stringify(body)}\n` };
}

/** JSON text that is made already, with the headers that its maker set. */
export function replyText(status: number, headers: Readonly<Record<string, string>>, body: string): Reply {
  // A copy by `...` that grows gets a shape of its own, each time anew.
  return { status, headers: Object.assign({}, dataHeaders, headers), body };
}

/** A request that cannot be taken, and never reaches GraphQL. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";

  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly code: string = codeOf(status),
  ) {
    super(message);
  }
}

const codes: Readonly<Record<number, string>> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  500: "INTERNAL_SERVER_ERROR",
  503: "SERVICE_UNAVAILABLE",
};

/** The code of a request that failed before it came to GraphQL. */
export const codeOf = (status: number): string => codes[status] ?? "BAD_REQUEST";

/** An error in the form in which the API gives its errors. */
export function replyError(
  status: number,
  message: string,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
  code = codeOf(status),
): Reply {
  const extensions = { code, requestId };
  return replyJson(status, { errors: [{ message, extensions }] }, headers);
}

export function replyRefusal({ status, message, headers, code }: HttpRefusal, requestId: string): Reply {
  return replyError(status, message, requestId, headers, code);
}

/** Writes the head of a reply and tells what is to follow it: nothing for a HEAD request. */
export function writeHead(
  response: ServerResponse,
  requestId: string,
  { status, headers, body = "" }: Reply,
): string | Buffer {
  const own: Record<string, string | number> = Object.assign({}, headers);
  own["x-request-id"] = requestId;
  if (status !== 204 && status !== 304) own["content-length"] = Buffer.byteLength(body);
  // All at once: headers that were set before would each be looked at again.
  response.writeHead(status, own);
  return response.req.method === "HEAD" ? "" : body;
}
