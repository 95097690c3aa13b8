import { type GraphQLResponse, HeaderMap } from "@apollo/server";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { type Compiled, compileOperation } from "./compile-operation.js";
import type { OperationRecord } from "./operation-record.js";
import type { Listener } from "./part.js";

/** A document is compiled when it is asked for so often: what is asked once is answered sooner than it is compiled. */
const worthwhile = 3;
/** Compiling may take this part of the time, whatever clients send. */
const share = 0.1;

interface Known {
  asked: number;
  /** By the operation's name; undefined for one that cannot be compiled. */
  readonly operations: Map<string | null, Compiled | undefined>;
}

/**
 * Answers operations that are asked for again and again by functions that are made for them, which takes a half of the time and
 * less. Answers are the same to the byte: whatever does not go well is left to the plain way, which then says what is wrong.
 */
export function answerCompiled(): Listener {
  // What is made of a document goes with it, and who keeps documents bounds how many there are.
  const known = new WeakMap<DocumentNode, Known>();
  const compile = withinShare(compileOperation);
  const find = (schema: GraphQLSchema, document: DocumentNode, name: string | null): Compiled | undefined => {
    const entry: Known = known.get(document) ?? { asked: 0, operations: new Map() };
    if (entry.asked === 0) known.set(document, entry);
    entry.asked += 1;
    if (entry.asked < worthwhile) return undefined;
    if (!entry.operations.has(name)) {
      const compiled = compile(schema, document, name);
      if (compiled === "later") return undefined;
      entry.operations.set(name, compiled);
    }
    return entry.operations.get(name);
  };
  return {
    responseForOperation: ({ schema, document, source, request, operationName, contextValue }) => {
      // Directives are left to the plain way, which knows every corner of them.
      const compiled = source.includes("@") ? undefined : find(schema, document, operationName);
      const { variables = {} } = request;
      if (compiled === undefined || compiled.needed.some((name) => !Object.hasOwn(variables, name))) return null;
      if (!compiled.check(variables)) return null;
      return attempt(contextValue.record, () => compiled.query(undefined, contextValue, variables));
    },
  };
}

/** A getter that throws stops a compiled operation, and but one field of a plain one. */
async function attempt(
  record: OperationRecord,
  work: () => ReturnType<Compiled["query"]>,
): Promise<GraphQLResponse | null> {
  try {
    const { data, errors } = await work();
    if (errors === undefined && data !== undefined)
      return { http: { headers: new HeaderMap() }, body: { kind: "single", singleResult: { data } } };
  } catch {
    // The plain way says what it was.
  }
  // It decides all of it again, and each verdict is shown once.
  record.verdicts.clear();
  return null;
}

/** Puts off what would take more than its share of the time since it ran last. */
function withinShare<Given extends readonly unknown[], Made>(
  work: (...given: Given) => Made,
): (...given: Given) => Made | "later" {
  let free = 0;
  return (...given) => {
    const start = performance.now();
    if (start < free) return "later";
    const made = work(...given);
    const end = performance.now();
    free = end + (end - start) / share;
    return made;
  };
}
