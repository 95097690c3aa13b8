import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";

/** Three times what the longest example needs. */
const mostAliases = 30;
const mostDirectives = 20;

/** Refuses a document that asks for the same over and over, under other names or with directives. */
export function limitRepetition(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  return {
    Field({ alias }) {
      if (alias) aliases += 1;
    },
    Directive() {
      directives += 1;
    },
    Document: {
      leave() {
        if (aliases > mostAliases) context.reportError(refuse(aliases, "aliases", mostAliases));
        if (directives > mostDirectives) context.reportError(refuse(directives, "directives", mostDirectives));
      },
    },
  };
}

function refuse(count: number, what: string, most: number): GraphQLError {
  return new GraphQLError(
    `the document has ${count} ${what}, and ${most} are allowed: ask in several operations, or with lists such as \`canMany\``,
  );
}
