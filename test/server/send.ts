import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Received {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Sends a request exactly as it is given; nothing is added but what HTTP demands. */
export async function send(
  origin: string,
  { method = "POST", path = "/graphql", headers, body }: Sent,
): Promise<Received> {
  const { hostname, port } = new URL(origin);
  return await new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
        reject,
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Sends a GraphQL question as JSON. */
export async function ask(origin: string, query: string, variables: object = {}): Promise<Received> {
  const headers = { "content-type": "application/json" };
  return await send(origin, { headers, body: JSON.stringify({ query, variables }) });
}

/** The value of a JSON text. */
export function parse(body: string): unknown {
  return JSON.parse(body);
}

/** Sends bytes that may be no HTTP at all, with a pause between the parts, and reads until the other side ends. */
export async function sendRaw(origin: string, ...parts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const answer = text(socket);
  for (const [at, part] of parts.entries()) {
    if (at > 0) await sleep(100);
    socket.write(part);
  }
  return await answer;
}
