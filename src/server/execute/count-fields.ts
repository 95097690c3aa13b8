import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { fits } from "./outline.js";

/**
 * For how many fields functions may be made, of all operations of a valid document: fragments count wherever they are spread, and what
 * is asked of an interface or a union counts once for each type that it may be. Types within types multiply, so a short text may come
 * to thousands; each selection is counted once for each type, so that counting takes no longer than the text is long.
 */
export function countFields(schema: GraphQLSchema, { definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const known = new Map<SelectionSetNode, Map<GraphQLObjectType, number>>();
  const count = (set: SelectionSetNode, type: GraphQLObjectType): number => {
    const counts = known.get(set) ?? new Map<GraphQLObjectType, number>();
    known.set(set, counts);
    const sum = counts.get(type) ?? sumOf(set.selections, (selection) => countSelection(selection, type));
    counts.set(type, sum);
    return sum;
  };
  const countSelection = (selection: SelectionNode, type: GraphQLObjectType): number => {
    if (selection.kind === Kind.FIELD) return 1 + countWithin(selection, type);
    const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (part === undefined || !fits(schema, part.typeCondition?.name.value, type)) return 0;
    return count(part.selectionSet, type);
  };
  const countWithin = ({ name, selectionSet }: FieldNode, type: GraphQLObjectType): number => {
    const inner = (metaFields.get(name.value) ?? type.getFields()[name.value])?.type;
    if (inner === undefined || selectionSet === undefined) return 0;
    return sumOf(typesOf(schema, inner), (each) => count(selectionSet, each));
  };
  return sumOf(definitions, (each) => {
    const root = each.kind === Kind.OPERATION_DEFINITION ? schema.getRootType(each.operation) : undefined;
    return root && each.kind === Kind.OPERATION_DEFINITION ? count(each.selectionSet, root) : 0;
  });
}

const metaFields = new Map([SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]));

function sumOf<Each>(all: readonly Each[], numberOf: (each: Each) => number): number {
  return all.reduce((sum, each) => sum + numberOf(each), 0);
}

function typesOf(schema: GraphQLSchema, given: GraphQLOutputType): readonly GraphQLObjectType[] {
  const type = getNamedType(given);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}
