import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

/** Two more than the introspection query of the playground needs. */
const deepest = 17;

/** Refuses an operation that nests its fields deeper than any question does, fragments spread out. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const depths = new Map<FragmentDefinitionNode, number>();
  return {
    OperationDefinition(operation) {
      const depth = measureDepth(operation.selectionSet, context, depths);
      if (depth <= deepest) return;
      const message = `the operation nests fields ${depth} deep, and ${deepest} are allowed: ask for the inner ones by \`node(id:)\``;
      context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
}

/** Each fragment is measured once; one that contains itself counts as nothing here, as another rule refuses it. */
function measureDepth(
  { selections }: SelectionSetNode,
  context: ValidationContext,
  depths: Map<FragmentDefinitionNode, number>,
): number {
  const inner = selections.map((selection) => {
    if (selection.kind === Kind.FIELD) {
      return 1 + (selection.selectionSet ? measureDepth(selection.selectionSet, context, depths) : 0);
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return measureDepth(selection.selectionSet, context, depths);
    const fragment = context.getFragment(selection.name.value);
    return fragment ? measureFragment(fragment, context, depths) : 0;
  });
  return Math.max(0, ...inner);
}

function measureFragment(
  fragment: FragmentDefinitionNode,
  context: ValidationContext,
  depths: Map<FragmentDefinitionNode, number>,
): number {
  const known = depths.get(fragment);
  if (known !== undefined) return known;
  depths.set(fragment, 0);
  const depth = measureDepth(fragment.selectionSet, context, depths);
  depths.set(fragment, depth);
  return depth;
}
