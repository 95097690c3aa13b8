import { type ArgumentNode, type ASTNode, Kind, type Location, type ObjectFieldNode, parse, visit } from "graphql";

/** The argument, with the input fields inside of it, that a value in a query's text stands for: `request.actions`. */
export function argumentOfValue({ source, start, end }: Location): string | undefined {
  return findPath(source.body, (node) => node.loc?.start === start && node.loc.end === end && isInput(node));
}

/** The argument that a variable is first given to; `$name` when it is given to none. */
export function argumentOfVariable(query: string, name: string): string {
  const path = findPath(query, (node) => node.kind === Kind.VARIABLE && node.name.value === name);
  return path ?? `$${name}`;
}

/** The names of arguments and input fields that enclose the first node that is wanted and stands within an argument. */
function findPath(query: string, isWanted: (node: ASTNode) => boolean): string | undefined {
  const names: string[] = [];
  let found: string | undefined;
  visit(parse(query), {
    enter(node) {
      if (isNamed(node)) names.push(node.name.value);
      if (found === undefined && names.length > 0 && isWanted(node)) found = names.join(".");
    },
    leave(node) {
      if (isNamed(node)) names.pop();
    },
  });
  return found;
}

function isNamed(node: ASTNode): node is ArgumentNode | ObjectFieldNode {
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD;
}

function isInput(node: ASTNode): boolean {
  return node.kind !== Kind.NAME && node.kind !== Kind.ARGUMENT;
}
