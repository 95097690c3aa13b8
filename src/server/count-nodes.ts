import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Field = GraphQLField<unknown, unknown>;

/** Fields of a connection that tell about it as a whole, whatever the size of the page. */
const summaries: ReadonlySet<string> = new Set(["totalCount", "pageInfo", "__typename"]);

/**
 * Counts the rows that an operation returns at most: the sizes of pages within pages, multiplied.
 * The document must be valid, and its fragments must not expand without end.
 */
export function countNodes(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): number {
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(definitions.map((fragment) => [fragment.name.value, fragment]));
  const root = schema.getRootType(operation.operation)?.name ?? "";
  const walk = { schema, fragments, variables: { ...readDefaults(operation), ...given } };
  return countSelections(walk, operation.selectionSet, root, 1);
}

function readDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

function countSelections(walk: Walk, { selections }: SelectionSetNode, typeName: string, times: number): number {
  let count = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      count += countField(walk, selection, typeName, times);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    if (!fragment) continue;
    count += countSelections(walk, fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName, times);
  }
  return count;
}

function countField(walk: Walk, node: FieldNode, typeName: string, times: number): number {
  const type = walk.schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (!field || !node.selectionSet) return 0;
  const rows = times * countRows(walk, node, node.selectionSet, field);
  // What lies between two pages is part of the outer page's rows.
  const own = rows > times ? rows : 0;
  return own + countSelections(walk, node.selectionSet, getNamedType(field.type).name, rows);
}

/** Rows of one such field: its page, or, for a plain list, one for each element that it is asked for. */
function countRows(walk: Walk, node: FieldNode, inner: SelectionSetNode, field: Field): number {
  const first = field.args.find(({ name }) => name === "first");
  if (first) {
    const isSummary = inner.selections.every(
      ({ kind, ...rest }) => "name" in rest && kind === Kind.FIELD && summaries.has(rest.name.value),
    );
    return isSummary ? 1 : readPageSize(walk, node, first.defaultValue);
  }
  if (!isListType(getNullableType(field.type))) return 1;
  const lengths = (node.arguments ?? [])
    .map(({ value }) => readValue(walk, value))
    .map((value) => (Array.isArray(value) ? value.length : 1));
  return Math.max(1, ...lengths);
}

function readPageSize(walk: Walk, { arguments: given = [] }: FieldNode, byDefault: unknown): number {
  const sizes = given.filter(({ name }) => name.value === "first" || name.value === "last");
  const size = sizes.map(({ value }) => readValue(walk, value)).find((value) => typeof value === "number") ?? byDefault;
  // What is out of range is refused by the field itself.
  return typeof size === "number" ? Math.max(1, size) : 1;
}

function readValue(walk: Walk, node: ValueNode): unknown {
  return valueFromASTUntyped(node, walk.variables);
}
