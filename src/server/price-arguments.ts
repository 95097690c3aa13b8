import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";

/** Values of an operation's variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** What an operation, or a part of it, costs with these values for its variables. */
export type Price = (variables: Variables) => number;

/** What one supposed change costs: the snapshot is copied where the change touches it. */
const costOfChange = 100;

/**
 * Reads the size of a page off `first` and `last`.
 *
 * @param byDefault what holds where neither is a number
 * @returns at least 1; what is out of range is refused by the field itself
 */
export function priceOfPage({ arguments: given = [] }: FieldNode, byDefault: unknown): Price {
  const sizes = given.filter(({ name }) => name.value === "first" || name.value === "last");
  return (variables) => {
    const values = sizes.map(({ value }) => readValue(value, variables));
    const size = values.find((value) => typeof value === "number") ?? byDefault;
    return typeof size === "number" ? Math.max(1, size) : 1;
  };
}

/** Entries of a plain list: as many as the longest list that it is asked for has, else as many as are usual. */
export function priceOfList({ arguments: given = [] }: FieldNode, usual: number): Price {
  return (variables) => {
    const lists = given.map(({ value }) => readValue(value, variables)).filter((value) => Array.isArray(value));
    return lists.length === 0 ? usual : Math.max(1, ...lists.map(({ length }) => length));
  };
}

/** Prices the supposed changes among a field's arguments; undefined where it takes none. */
export function priceOfChanges(
  { arguments: given = [] }: FieldNode,
  args: readonly GraphQLArgument[],
): Price | undefined {
  const places = given.flatMap(({ name, value }) => {
    const type = args.find((arg) => arg.name === name.value)?.type;
    return type === undefined ? [] : pathsToChanges(type).map((path) => ({ value, path }));
  });
  if (places.length === 0) return undefined;
  return (variables) => {
    const counts = places.map(({ value, path }) => {
      const changes = path.reduce(memberOf, readValue(value, variables)) ?? [];
      // GraphQL takes one value for a list of one.
      return Array.isArray(changes) ? changes.length : 1;
    });
    return counts.reduce((sum, count) => sum + count, 0) * costOfChange;
  };
}

/** Names that lead from a value of an input type to its list of changes. */
function pathsToChanges(type: GraphQLInputType): readonly (readonly string[])[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    if (isListType(getNullableType(field.type))) return field.name === "changes" ? [[field.name]] : [];
    return pathsToChanges(field.type).map((path) => [field.name, ...path]);
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function readValue(node: ValueNode, variables: Variables): unknown {
  return node.kind === Kind.VARIABLE ? variables[node.name.value] : valueFromASTUntyped(node, variables);
}
