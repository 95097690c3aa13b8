import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from "graphql";
import { hostileNumbers, hostileShapes, hostileTexts } from "./hostile-values.js";
import { textsFor } from "./sample-values.js";
import type { Writing } from "./write-question.js";

/** The variables of a question, as they come to be. */
export interface Given {
  readonly definitions: string[];
  readonly variables: Record<string, unknown>;
}

interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** A name of an enum's value, which is written without quotes. */
class EnumName {
  constructor(readonly name: string) {}
}

/** Writes a value for an argument, as a literal or as a variable. */
export function writeValue(writing: Writing, given: Given, input: Input): string {
  const value = makeValue(writing, input, 0);
  if (!writing.random.chance(0.4)) return printLiteral(value);
  const name = `v${given.definitions.length}`;
  given.definitions.push(`$${name}: ${String(input.type)}`);
  given.variables[name] = toJson(value);
  return `$${name}`;
}

function makeValue(writing: Writing, input: Input, depth: number): unknown {
  const { random, hostility, cursors } = writing;
  const { name, type } = input;
  if (random.chance(hostility)) return makeHostile(writing);
  if (isNonNullType(type)) return makeValue(writing, { name, type: type.ofType }, depth);
  if (isListType(type)) {
    return Array.from({ length: random.below(3) + 1 }, () => makeValue(writing, { name, type: type.ofType }, depth));
  }
  if (isInputObjectType(type)) return makeObject(writing, type, depth);
  if (isEnumType(type)) {
    const [first, ...rest] = type.getValues().map((value) => new EnumName(value.name));
    return first && random.pick([first, ...rest]);
  }
  if (type.name === "Int") return 1 + random.below(random.chance(0.8) ? 5 : 100);
  if (type.name === "Boolean") return random.chance(0.5);
  const [cursor, ...cursorsLeft] = cursors;
  if (/^(after|before)$/.test(name) && cursor !== undefined)
    return spoilText(writing, random.pick([cursor, ...cursorsLeft]));
  return random.pick(textsFor(name));
}

function makeObject(writing: Writing, type: GraphQLInputObjectType, depth: number): Record<string, unknown> {
  const { random } = writing;
  const fields = Object.values(type.getFields());
  const [first, ...rest] = fields;
  const optional = fields.filter((field) => isRequiredInputField(field) || random.chance(depth > 2 ? 0.1 : 0.4));
  const chosen = type.isOneOf && first ? [random.pick([first, ...rest])] : optional;
  return Object.fromEntries(chosen.map((field) => [field.name, makeValue(writing, field, depth + 1)]));
}

function makeHostile({ random }: Writing): unknown {
  const kind = random.below(10);
  if (kind < 6) return random.pick(hostileTexts);
  return kind < 8 ? random.pick(hostileNumbers) : random.pick(hostileShapes);
}

/** Mostly leaves a text as it is; else cuts it, doubles it, or changes a letter of it. */
function spoilText({ random }: Pick<Writing, "random">, text: string): string {
  const at = random.below(Math.max(1, text.length));
  const ways = [text, text, text.slice(0, at), text + text, `${text.slice(0, at)}A${text.slice(at + 1)}`] as const;
  return ways[random.below(ways.length)] ?? text;
}

function toJson(value: unknown): unknown {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
}

function printLiteral(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(" ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}: ${printLiteral(part)}`)
    .join(" ")}}`;
}
