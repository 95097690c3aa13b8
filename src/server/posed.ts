import type { IncomingHttpHeaders } from "node:http";

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
