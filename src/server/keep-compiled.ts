import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { type CompiledOperation, compileOperation } from "./execute/compile-operation.js";

/** What is made for a field takes some two kilobytes, and a text of some hundred letters may come to a thousand fields. */
const mostFields = 30_000;
const mostOperations = 1_000;
/** Letters of a document that take as much: what is made of an operation holds its document. */
const lettersOfField = 30;

/** Finds what is made of an operation; undefined for what the plain way has to answer. */
export type FindCompiled = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
) => CompiledOperation | undefined;

/**
 * Compiles operations, and remembers those that were asked last. Its bounds hold whatever clients send: who asks something new each
 * time pushes out what others asked, which is then made again.
 */
export function keepCompiled(most = mostFields): FindCompiled {
  const plain = new WeakSet<OperationDefinitionNode>();
  const known = new LRUCache<OperationDefinitionNode, CompiledOperation>({
    max: mostOperations,
    maxSize: most,
  });
  return (schema, document, operation) => {
    const found = known.get(operation);
    if (found !== undefined || plain.has(operation)) return found;
    const compiled = compileOperation(schema, document, operation);
    if (compiled === undefined) plain.add(operation);
    else known.set(operation, compiled, { size: sizeOf(document, compiled) });
    return compiled;
  };
}

/** In fields. */
function sizeOf({ loc }: DocumentNode, { fields }: CompiledOperation): number {
  return fields + Math.ceil((loc?.source.body.length ?? 0) / lettersOfField) + 1;
}
