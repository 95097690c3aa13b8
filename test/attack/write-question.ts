import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import type { Random } from "../../bench/random.js";
import { type Given, writeValue } from "./write-value.js";

/** A question as a client sends it. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What questions are written from. */
export interface Writing {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  /** Share of the values that are hostile, 0 to 1. */
  readonly hostility: number;
  /** Cursors that answers gave. */
  readonly cursors: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;

const deepest = 7;

/** Writes a question that fits the schema in form; its values are good or hostile. */
export function writeQuestion(writing: Writing): Question {
  const { random, schema } = writing;
  const given: Given = { definitions: [], variables: {} };
  const roots = random.chance(0.8) ? 1 : 1 + random.below(3);
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const parts = Array.from(
    { length: roots },
    (_, at) => `r${at}: ${writeField(writing, given, pickFrom(random, fields), 1)}`,
  );
  const definitions = given.definitions.length > 0 ? `(${given.definitions.join(", ")})` : "";
  return { query: `query Q${definitions} { ${parts.join(" ")} }`, variables: given.variables };
}

function writeField(writing: Writing, given: Given, field: Field, depth: number): string {
  const text = `${field.name}${writeArguments(writing, given, field.args)}`;
  const type = getNamedType(field.type);
  return isLeafType(type) ? text : `${text} { ${writeSelection(writing, given, type, depth + 1)} }`;
}

function writeArguments(writing: Writing, given: Given, args: readonly GraphQLArgument[]): string {
  const { random } = writing;
  const chosen = args.filter((arg) => isRequiredArgument(arg) || random.chance(isPaging(arg) ? 0.25 : 0.15));
  if (chosen.length === 0) return "";
  return `(${chosen.map((arg) => `${arg.name}: ${writeValue(writing, given, arg)}`).join(", ")})`;
}

const isPaging = ({ name }: GraphQLArgument) => name === "first" || name === "after";

function writeSelection(
  writing: Writing,
  given: Given,
  type: GraphQLNamedType,
  depth: number,
  isMember = false,
): string {
  const { random, schema } = writing;
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).filter(() => random.chance(0.4));
    const parts = possible.map(
      (each) => `... on ${each.name} { ${writeSelection(writing, given, each, depth, true)} }`,
    );
    return `__typename ${parts.join(" ")}`;
  }
  if (!isObjectType(type)) return "__typename";
  const all = Object.values(type.getFields());
  const fields = all.filter((field) => depth < deepest || isLeafType(getNamedType(field.type)));
  if (fields.length === 0) return "__typename";
  const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => pickFrom(random, fields)));
  // Fields of one name from several members of a union may differ in their types, and must not meet.
  const alias = (field: Field) => (isMember ? `${type.name}_${field.name}: ` : "");
  return ["__typename", ...[...chosen].map((field) => alias(field) + writeField(writing, given, field, depth))].join(
    " ",
  );
}

function pickFrom<T>(random: Random, list: readonly T[]): T {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error("there is nothing to pick from");
  return random.pick([first, ...rest]);
}
