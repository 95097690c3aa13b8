import type { Received } from "../server/send.js";
import { parse } from "../server/send.js";
import { SECRETS } from "./sample-values.js";

/** What an answer may say in place of data. */
const codes: ReadonlySet<unknown> = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "NOT_FOUND",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "QUERY_TOO_EXPENSIVE",
  "REVISION_EXPIRED",
  "REVISION_NOT_AVAILABLE",
  "TIMEOUT",
]);

/** Statuses that a hostile question may get: it was answered, or refused for a reason that lies with its sender. */
const statuses: ReadonlySet<number> = new Set([200, 400, 403, 404, 405, 406, 413, 415, 431]);

/** Words that only the inside of the program has. */
const inside =
  /node_modules|\/src\/|\bat \w[\w.]* \(|SELECT |QueryFailed|TypeError|RangeError|call stack|undefined|\[object|ECONN|postgres/;

const largestRefusal = 20_000;

/** What is wrong with an answer; nothing for one that is as it must be. */
export function judgeAnswer({ status, headers, body }: Received): readonly string[] {
  const answer = readAnswer(body);
  if (answer === undefined) return [`${status} with no JSON object`];
  const errors = Array.isArray(answer.errors) ? (answer.errors as readonly unknown[]) : [];
  const found: (string | false)[] = [
    !statuses.has(status) && `the status ${status}`,
    status >= 400 && errors.length === 0 && "a refusal without errors",
    status >= 400 && body.length > largestRefusal && `a refusal of ${body.length} bytes`,
    status === 200 && !("data" in answer) && "an answer without data",
    headers["x-request-id"] === undefined && "no request id",
    ...SECRETS.map((secret) => body.includes(secret) && `what only others may see: ${secret}`),
    ...errors.flatMap((error) => judgeError(error, headers["x-request-id"])),
  ];
  return found.filter((finding) => finding !== false);
}

function judgeError(error: unknown, requestId: unknown): readonly (string | false)[] {
  const { message, extensions } = Object(error) as { message?: unknown; extensions?: object };
  const { code, requestId: named, ...rest } = Object(extensions) as { code?: unknown; requestId?: unknown };
  return [
    typeof message !== "string" && "an error without a message",
    !codes.has(code) && `the code ${String(code)}`,
    named !== requestId && "an error without the request's id",
    inside.test(withoutQuotes(String(message))) && `words of the inside: ${String(message).slice(0, 200)}`,
    "stacktrace" in rest && "a stack trace",
  ];
}

/** What the client wrote itself stands in quotes of one kind or the other. */
const withoutQuotes = (message: string) => message.replaceAll(/`[^`]*`|"[^"]*"/gs, "");

function readAnswer(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
