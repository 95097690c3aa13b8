import { type ASTNode, type Kind, visit } from "graphql";

/** Is there anything of that kind in it? */
export function holds(node: ASTNode, kind: Kind): boolean {
  let isFound = false;
  visit(node, {
    enter: (inner) => {
      isFound ||= inner.kind === kind;
    },
  });
  return isFound;
}
