import type { IncomingHttpHeaders } from "node:http";
import { isRecord } from "./is-record.js";

/** A request for an operation, the text of its document in place. */
export interface Posed {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Query string of a GET request, from its `?` on. */
  readonly search: string;
  /** Of a POST request, read; undefined for GET. */
  readonly body: unknown;
}

/** The answer to it. */
export interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The text of the document; undefined where there is none. */
export function textOf({ method, search, body }: Posed): string | undefined {
  const text = method === "POST" ? isRecord(body) && body.query : new URLSearchParams(search).get("query");
  return typeof text === "string" ? text : undefined;
}
