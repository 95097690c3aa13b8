import { type ArgumentNode, type FieldNode, Kind, type OperationDefinitionNode, parse } from "graphql";
import type { Question } from "./take-question.js";

/**
 * What a question named that is not there, one sentence for each: fields at its root that were answered with null.
 *
 * @param question whose document was parsed before
 * @param data of an answer without errors, which might explain the null
 */
export function sayMissing(question: Question, data: unknown): readonly string[] {
  if (typeof data !== "object" || data === null) return [];
  const fields = rootFields(question);
  return Object.entries(data).flatMap(([key, value]) => {
    if (value !== null) return [];
    const field = fields.find(({ alias, name }) => (alias ?? name).value === key);
    return [field === undefined ? `nothing was found for \`${key}\`` : sentenceOn(field, question)];
  });
}

function rootFields({ query, operationName }: Question): readonly FieldNode[] {
  const operation = parse(query).definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (operationName === undefined || definition.name?.value === operationName),
  );
  return (operation?.selectionSet.selections ?? []).filter((selection) => selection.kind === Kind.FIELD);
}

/** Fields that are not called after what they find. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ["node", "object"],
  ["byArn", "object"],
]);

function sentenceOn({ name, arguments: given = [] }: FieldNode, { variables }: Question): string {
  const told = given.flatMap((argument) => tell(argument, variables)).join(", ");
  const noun = NOUNS.get(name.value) ?? name.value;
  const state = given.some((argument) => argument.name.value === "at") ? " in that state" : "";
  return `no ${noun}${told === "" ? "" : ` with ${told}`} was found${state}`;
}

/** An argument by which something is looked up, with the variable that holds its value. */
function tell({ name, value }: ArgumentNode, variables: Question["variables"]): readonly string[] {
  if (value.kind === Kind.STRING || value.kind === Kind.ENUM) return [`${name.value} \`${value.value}\``];
  if (value.kind !== Kind.VARIABLE) return [];
  const held = variables[value.name.value];
  return typeof held === "string" ? [`${name.value} \`${held}\` (variable \`${value.name.value}\`)`] : [];
}
