import { context, propagation } from "@opentelemetry/api";
import { graphql } from "graphql";
import { formatRefusal } from "../graphql/format-refusal.js";
import type { App } from "./build-app.js";
import { Failure } from "./failure.js";
import type { Question } from "./take-question.js";
import { traced } from "./trace.js";

/** A GraphQL response: `data`, or `errors`, or both. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: unknown } }[];
}

/** Asks an app of this process; the same schema and rules as behind a server. */
export async function askApp(app: App, { query, operationName, variables }: Question): Promise<Answer> {
  const { data, errors } = await graphql({
    schema: app.schema,
    source: query,
    variableValues: variables,
    contextValue: app.createContext(),
    ...(operationName !== undefined && { operationName }),
  });
  return {
    ...(errors && { errors: errors.map((error) => formatRefusal(error.toJSON(), error)) }),
    ...(data !== undefined && { data }),
  };
}

/**
 * Asks a running server.
 *
 * @param url of the server, with or without `/graphql`
 * @param token an API token or JSON Web Token, where the server asks for one
 * @throws Failure when it cannot be reached or answers something else than GraphQL
 */
export async function askServer(url: string, question: Question, token?: string): Promise<Answer> {
  return await traced("ask", {}, () => postQuestion(url, question, token));
}

async function postQuestion(url: string, question: Question, token: string | undefined): Promise<Answer> {
  const endpoint = `${url.replace(/\/(graphql\/?)?$/, "")}/graphql`;
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...traceHeaders(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(question),
  }).catch((error: unknown) => {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Failure(`cannot reach a server at ${endpoint} (${reason}); start one with \`ramgraph serve\``);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (isAnswer(answer)) return onlyAnswer(answer);
  throw new Failure(`${endpoint} gave no answer in GraphQL (HTTP status ${response.status}); is it a ramgraph server?`);
}

/** What lets the server's spans go on the trace of this process; nothing unless it has one. */
function traceHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Without what a server says beside the answer, such as its cost: asked here or there, the answer is the same. */
function onlyAnswer({ data, errors }: Answer): Answer {
  return { ...(errors && { errors }), ...(data !== undefined && { data }) };
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && ("data" in value || "errors" in value);
}
