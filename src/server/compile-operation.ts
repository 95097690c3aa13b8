import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { checkOneOf, type OneOfCheck } from "./check-one-of.js";

/** A function that answers an operation, as long as these variables are given and their values pass the check. */
export interface Compiled extends Pick<CompiledQuery, "query"> {
  readonly needed: readonly string[];
  readonly check: OneOfCheck;
}

/** Fields with fragments spread out; to compile more takes longer than others should wait. */
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
  if (countFields(document) > most) return undefined;
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

/** Of all operations, fragments counted wherever they are spread. */
function countFields({ definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const counts = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1 + (selection.selectionSet ? count(selection.selectionSet) : 0);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + count(selection.selectionSet);
      return sum + countFragment(selection.name.value);
    }, 0);
  const countFragment = (name: string): number => {
    const fragment = fragments.get(name);
    const known = counts.get(name) ?? (fragment ? count(fragment.selectionSet) : 0);
    counts.set(name, known);
    return known;
  };
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return operations.reduce((sum, { selectionSet }) => sum + count(selectionSet), 0);
}
