import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

/** A span as OTLP writes it in JSON. */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code?: number };
}

export interface Collector {
  readonly url: string;
  /** Of what came as JSON. */
  readonly spans: readonly SentSpan[];
  readonly requests: readonly { readonly path: string; readonly type: string; readonly body: Buffer }[];
  readonly close: () => Promise<void>;
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly (SentSpan & { attributes: readonly Pair[] })[] }[];
  }[];
}
interface Pair {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Takes what OTLP/HTTP sends, as a collector does. */
export async function startCollector(): Promise<Collector> {
  const spans: SentSpan[] = [];
  const requests: { path: string; type: string; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const type = request.headers["content-type"] ?? "";
      requests.push({ path: request.url ?? "", type, body });
      if (type === "application/json") spans.push(...spansIn(JSON.parse(body.toString())));
      response.writeHead(200, { "content-type": type }).end(type === "application/json" ? "{}" : "");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}`, spans, requests, close };
}

function spansIn({ resourceSpans }: Sent): readonly SentSpan[] {
  const sent = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return sent.map((span) => ({
    ...span,
    attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
  }));
}
