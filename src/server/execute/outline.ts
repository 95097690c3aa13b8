import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** An operation with all that it is made of. */
export interface Outline {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

export function outlineOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Outline {
  const fragments = document.definitions.flatMap((each) =>
    each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
  );
  return { schema, operation, fragments: Object.fromEntries(fragments) };
}

/** Fields by the names under which they are answered, each with all places that select it. */
export type Selected = ReadonlyMap<string, readonly [FieldNode, ...FieldNode[]]>;

/** What selections select of objects of a type, in the order of the answer. Directives are not looked at. */
export function collectFields(
  { schema, fragments }: Outline,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Selected {
  const selected = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const each of selections) {
      if (each.kind === Kind.FIELD) add(each);
      else if (each.kind === Kind.INLINE_FRAGMENT) collectPart(each);
      else collectNamed(each.name.value);
    }
  };
  const add = (node: FieldNode): void => {
    const key = (node.alias ?? node.name).value;
    const nodes = selected.get(key);
    if (nodes === undefined) selected.set(key, [node]);
    else nodes.push(node);
  };
  const collectNamed = (name: string): void => {
    const fragment = spread.has(name) ? undefined : fragments[name];
    spread.add(name);
    if (fragment !== undefined) collectPart(fragment);
  };
  const collectPart = ({ typeCondition, selectionSet }: Part): void => {
    if (fits(schema, typeCondition?.name.value, type)) collect(selectionSet);
  };
  for (const set of sets) collect(set);
  return selected;
}

interface Part extends Pick<FragmentDefinitionNode, "selectionSet"> {
  readonly typeCondition?: FragmentDefinitionNode["typeCondition"] | undefined;
}

/** Does a fragment on that type stand for objects of this one? */
export function fits(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  const asked = condition === undefined ? type : schema.getType(condition);
  return asked === type || (isAbstractType(asked) && schema.isSubType(asked, type));
}
