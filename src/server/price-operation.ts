import {
  type ASTNode,
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
  valueFromASTUntyped,
} from "graphql";
import { type Price, priceOfChanges, priceOfList, priceOfPage, type Variables } from "./price-arguments.js";

/** One asking: the values, and what each fragment came to, so that a fragment is worked out once however often it is spread. */
interface Asking {
  readonly variables: Variables;
  readonly fragments: Map<string, number>;
}

/** What a part of the operation costs for one object of the type that it stands on. */
type Part = (asking: Asking) => number;

interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly parts: Map<string, Part>;
}

type Field = GraphQLField<unknown, unknown>;

/** Fields of a connection that tell about it as a whole, whatever the size of the page. */
const summaries: ReadonlySet<string> = new Set(["totalCount", "pageInfo", "__typename"]);

/** Entries of a list without pages, such as the statements of a policy: more than most have. */
const usualLength = 4;

/**
 * Prices an operation: its rows at most, pages within pages multiplied, and beside them what its computed fields cost by the
 * registry of questions, each for every row that it stands on.
 *
 * The document must be valid. It is read once, and pricing takes time in proportion to its length.
 */
export function priceOperation(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): Price {
  const fragments = new Map(definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  const reading = { schema, fragments, parts: new Map() };
  const root = schema.getRootType(operation.operation)?.name ?? "";
  const whole = readSelections(reading, operation.selectionSet, root);
  const defaults = readDefaults(operation);
  return (given) => {
    const cost = whole({ variables: { ...defaults, ...given }, fragments: new Map() });
    return Math.min(cost, Number.MAX_SAFE_INTEGER);
  };
}

const isFragment = (node: ASTNode): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;

function readDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
}

function readSelections(reading: Reading, { selections }: SelectionSetNode, typeName: string): Part {
  const parts = selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return readField(reading, selection, typeName) ?? [];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return readFragment(reading, selection.name.value);
    return readSelections(reading, selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
  });
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (asking) => parts.reduce((sum, part) => sum + part(asking), 0);
}

function readFragment(reading: Reading, name: string): Part {
  const known = reading.parts.get(name);
  if (known) return known;
  const fragment = reading.fragments.get(name);
  const own = fragment && readSelections(reading, fragment.selectionSet, fragment.typeCondition.name.value);
  const part: Part = (asking) => {
    const cost = asking.fragments.get(name) ?? own?.(asking) ?? 0;
    asking.fragments.set(name, cost);
    return cost;
  };
  reading.parts.set(name, part);
  return part;
}

/** Undefined where the field costs nothing: plain facts, and the schema by introspection. */
function readField(reading: Reading, node: FieldNode, typeName: string): Part | undefined {
  const type = reading.schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (!field) return undefined;
  const weight = weightOf(field);
  if (!node.selectionSet) return weight === 0 ? undefined : () => weight;
  const inner = readSelections(reading, node.selectionSet, getNamedType(field.type).name);
  const changes = priceOfChanges(node, field.args);
  const rows = readRows(node, node.selectionSet, field, typeName);
  return (asking) => {
    const own = weight + (changes?.(asking.variables) ?? 0);
    const count = rows?.(asking.variables);
    const each = inner(asking);
    // A variable may say 1e999, and without end times nothing is no number.
    return own + (count ?? 0) + (each === 0 ? 0 : (count ?? 1) * each);
  };
}

function weightOf({ extensions }: Field): number {
  return typeof extensions.cost === "number" ? extensions.cost : 0;
}

/** Rows of one such field; undefined for a single object, and for the entries of a page, which the page has counted. */
function readRows(node: FieldNode, inner: SelectionSetNode, field: Field, typeName: string): Price | undefined {
  const first = field.args.find(({ name }) => name === "first");
  if (first) return isSummary(inner) ? () => 1 : priceOfPage(node, first.defaultValue);
  const isEntry = typeName.endsWith("Connection");
  return isListType(getNullableType(field.type)) && !isEntry ? priceOfList(node, usualLength) : undefined;
}

const isSummary = ({ selections }: SelectionSetNode): boolean =>
  selections.every((selection) => selection.kind === Kind.FIELD && summaries.has(selection.name.value));
