import type { GraphQLResponse } from "@apollo/server";
import { type FormattedExecutionResult, type GraphQLSchema, getOperationAST } from "graphql";
import type { Course } from "./course.js";
import { isRecord } from "./is-record.js";
import type { JoinedParts } from "./join-parts.js";
import type { KeptDocuments } from "./keep-documents.js";
import type { MediaTypes } from "./keep-media-types.js";
import type { OperationContext } from "./operation-context.js";
import type { Resolved } from "./part.js";
import type { Posed, Written } from "./posed.js";

interface Ahead {
  readonly schema: GraphQLSchema;
  readonly findDocument: KeptDocuments["find"];
  readonly findType: MediaTypes["find"];
  readonly begin: JoinedParts["begin"];
  readonly write: (result: FormattedExecutionResult) => string;
}

/** Answers what it can; undefined for everything else, which goes on through Apollo Server where this left it. */
export type Shortcut = (posed: Posed, context: OperationContext) => Promise<Written | undefined>;

/**
 * Makes the way of a plain request that goes well: a POST whose document was found valid before, in a media type that was chosen
 * before, which no part refuses and for which one has an answer without errors. Apollo Server does for it what is done here, and
 * waits a dozen times for nothing on the way.
 */
export function createShortcut(ahead: Ahead): Shortcut {
  return async (posed, context) => {
    const type = posed.method === "POST" ? ahead.findType(posed.headers.accept) : undefined;
    const operation = type === undefined ? undefined : resolve(ahead, posed.body, context);
    if (type === undefined || operation === undefined) return undefined;
    const course = ahead.begin(operation);
    const response = await findAnswer(course, operation);
    if (response?.body.kind !== "single" || response.body.singleResult.errors !== undefined) return undefined;
    course.send({ operationName: operation.operationName, response });
    return { status: 200, headers: { "content-type": type }, text: ahead.write(response.body.singleResult) };
  };
}

/** Whatever refuses or breaks it does so again on the way that says how. */
async function findAnswer(course: Course, operation: Resolved): Promise<GraphQLResponse | null> {
  try {
    course.resolve(operation);
    return await course.answer(operation);
  } catch {
    return null;
  }
}

interface Request {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

function resolve({ schema, findDocument }: Ahead, body: unknown, contextValue: OperationContext): Resolved | undefined {
  const request = readRequest(body);
  const document = request && findDocument(request.query);
  const operation = document && getOperationAST(document, request.operationName);
  if (!operation) return undefined;
  const operationName = operation.name?.value ?? null;
  return { contextValue, schema, document, source: request.query, operation, operationName, request };
}

/** Undefined where anything is unusual. */
function readRequest(body: unknown): Request | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName = null, variables = null, extensions = null } = body;
  if (typeof query !== "string" || !isPlain(extensions)) return undefined;
  if (operationName !== null && typeof operationName !== "string") return undefined;
  if (variables !== null && !isRecord(variables)) return undefined;
  return { query, ...(operationName !== null && { operationName }), ...(variables !== null && { variables }) };
}

/** Says nothing of the document; Apollo's clients tell here what they are. */
const isPlain = (extensions: unknown): boolean =>
  extensions === null || (isRecord(extensions) && extensions.persistedQuery === undefined);
