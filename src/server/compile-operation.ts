import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, visit } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { checkOneOf, type OneOfCheck } from "./check-one-of.js";
import { countFields } from "./count-fields.js";

/** A function that answers an operation, as long as these variables are given and their values pass the check. */
export interface Compiled extends Pick<CompiledQuery, "query"> {
  readonly needed: readonly string[];
  readonly check: OneOfCheck;
}

/** See `countFields`; to compile more takes longer than others should wait. */
const mostFields = 400;

/**
 * Makes the function that answers an operation; undefined where that cannot be, or is not worth it, and the plain way is taken.
 *
 * The compiler takes a variable that is not given for null where it stands within an object or a list, and the plain way takes
 * such a member for left out. And it does not know of inputs of which exactly one member is to be given.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string | null,
  most = mostFields,
): Compiled | undefined {
  if (countFields(schema, document) > most || holdsLost(document)) return undefined;
  const compiled = compileQuery(schema, document, name ?? undefined);
  if (!isCompiledQuery(compiled)) return undefined;
  return { query: compiled.query, needed: variablesInside(document), check: checkOneOf(schema, document) };
}

function variablesInside(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const gather = (node: ASTNode) => {
    visit(node, {
      enter: (inner) => {
        if (inner.kind === Kind.VARIABLE) names.add(inner.name.value);
      },
    });
  };
  visit(document, { ObjectValue: gather, ListValue: gather });
  return [...names];
}

/** A name that the compiler's objects have a meaning of their own for: a value or a field under it would be lost. */
const lost = "__proto__";

function holdsLost(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    enter: (node) => {
      isFound ||= node.kind === Kind.NAME && node.value === lost;
    },
  });
  return isFound;
}
