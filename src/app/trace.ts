import { type Attributes, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

/** All spans of ours come from here; unless somebody collects them they cost next to nothing. */
export const tracer = trace.getTracer("ramgraph");

/** Runs `work` within a span. A failure leaves its kind there and not its words, which may tell facts. */
export async function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return await tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      failSpan(span, error instanceof Error ? error.name : "Error");
      throw error;
    } finally {
      span.end();
    }
  });
}

/** @param kind a code or the name of an error */
export function failSpan(span: Span, kind: string): void {
  span.setAttribute("error.type", kind);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
