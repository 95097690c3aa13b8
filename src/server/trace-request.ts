import type { IncomingMessage, ServerResponse } from "node:http";
import { context, propagation, type Span, SpanKind } from "@opentelemetry/api";
import { failSpan, tracer } from "../app/trace.js";

/** Runs the answering of a request within a span, which goes on the caller's trace where the request names one. */
export function traceRequest(request: IncomingMessage, response: ServerResponse, answer: () => void): void {
  const { method = "", url = "", headers } = request;
  const path = url.split("?", 1)[0] ?? "";
  const attributes = { "http.request.method": method, "url.path": path, "url.scheme": "http" };
  const caller = propagation.extract(context.active(), headers);
  tracer.startActiveSpan(method, { kind: SpanKind.SERVER, attributes }, caller, (span) => {
    if (span.isRecording()) response.once("close", () => endSpan(span, response));
    answer();
  });
}

function endSpan(span: Span, { statusCode }: ServerResponse): void {
  span.setAttribute("http.response.status_code", statusCode);
  if (statusCode >= 500) failSpan(span, String(statusCode));
  span.end();
}
