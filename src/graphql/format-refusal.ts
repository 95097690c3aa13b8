import { GraphQLError, type GraphQLFormattedError, Kind, type ValueNode } from "graphql";
import { argumentOfValue, argumentOfVariable } from "./argument-path.js";

const VALUE_KINDS: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
] satisfies readonly (ValueNode["kind"] | Kind.OBJECT_FIELD)[]);

/**
 * Turns what graphql-js says about values that do not fit their argument, in the text of a query or in its variables, into
 * refusals as resolvers give them: BAD_USER_INPUT, the argument, what is wrong, the mend. Other errors pass unchanged.
 * @param formatted as the server would send it
 * @param error as it was raised
 */
export function formatRefusal(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const raised = error instanceof GraphQLError ? error : undefined;
  const argument = raised === undefined ? undefined : argumentOf(raised);
  if (raised === undefined || argument === undefined || formatted.extensions?.argument !== undefined) return formatted;
  return {
    ...formatted,
    message: `${argument}: ${sentenceFor(argument, raised)}`,
    extensions: { ...formatted.extensions, code: "BAD_USER_INPUT", argument },
  };
}

function argumentOf(error: GraphQLError): string | undefined {
  const node = error.nodes?.[0];
  if (node?.loc === undefined) return undefined;
  if (VALUE_KINDS.has(node.kind)) return argumentOfValue(node.loc);
  const variable = /^Variable "\$(\w+)" (?:got invalid value|of (?:required|non-null) type)/.exec(error.message)?.[1];
  if (node.kind !== Kind.VARIABLE_DEFINITION || variable === undefined) return undefined;
  const inside = new RegExp(`at "${variable}([^"]*)"`).exec(error.message)?.[1] ?? "";
  return argumentOfVariable(node.loc.source.body, variable) + inside;
}

function sentenceFor(argument: string, error: GraphQLError): string {
  const words = ownWords(error);
  const oneOf = /OneOf (?:Input Object|type) "(\w+)"/.exec(words)?.[1];
  if (oneOf !== undefined) return `\`${oneOf}\` takes exactly one of its fields; give one and leave out the others`;
  const sentence = words.replace(/^(?:Expected|Field|Value|Variable)\b/, (word) => word.toLowerCase());
  const name = argument.split(".").at(-1);
  return name === "first" || name === "last" ? `${sentence}; ask for a whole number from 1 to 100` : sentence;
}

/** What the innermost error said, without the full stop. */
function ownWords(error: GraphQLError): string {
  let cause: Error = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause.message.replace(/^Variable "\$\w+" got invalid value [^;]*; /, "").replace(/\.$/, "");
}
