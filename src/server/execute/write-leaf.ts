import { GraphQLBoolean, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString, isEnumType } from "graphql";
import { Unfit, type Write } from "./run.js";

/** Writes scalars and names of enumerations. */
export function writeLeaf(type: GraphQLLeafType): Write {
  const write: Write = (value, _, sink) => {
    const serialized = serialize(type, value);
    if (typeof serialized === "string") sink.writeString(serialized);
    else sink.writeJson(stringify(serialized));
  };
  if (isEnumType(type) || type === GraphQLBoolean) return writeRemembered((value) => stringify(serialize(type, value)));
  if (type === GraphQLString || type === GraphQLID) {
    return (value, run, sink) => (typeof value === "string" ? sink.writeString(value) : write(value, run, sink));
  }
  if (type !== GraphQLInt) return write;
  return (value, run, sink) =>
    typeof value === "number" && (value | 0) === value ? sink.writeJson(`${value}`) : write(value, run, sink);
}

function serialize(type: GraphQLLeafType, value: unknown): unknown {
  if (value instanceof Error) throw value;
  const serialized: unknown = type.serialize(value);
  if (serialized === undefined || serialized === null) throw new Unfit(`\`${type.name}\` has nothing for a value`);
  return serialized;
}

function stringify(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new Unfit("there is no JSON for a value");
  return text;
}

/** There are few texts and two truths, and others throw. Numbers may stand for either without end, so they are not remembered. */
function writeRemembered(textOf: (value: unknown) => string): Write {
  const texts = new Map<unknown, Uint8Array>();
  return (value, _, sink) => {
    const known = texts.get(value);
    if (known !== undefined) return sink.writeBytes(known);
    const text = Buffer.from(textOf(value));
    if (typeof value === "string" || typeof value === "boolean") texts.set(value, text);
    sink.writeBytes(text);
  };
}
