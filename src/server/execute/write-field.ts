import type { FieldNode, GraphQLField, GraphQLObjectType, ResponsePath } from "graphql";
import { isObject } from "./is-object.js";
import type { Outline } from "./outline.js";
import { readArguments } from "./read-arguments.js";
import { type Call, type Run, Unfit, type Write } from "./run.js";
import { writeValue } from "./write-value.js";

/** A field where an operation selects it. */
export interface Place {
  readonly outline: Outline;
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** Names under which it is answered, from the top; places in lists on the way have none. */
  readonly path: ResponsePath;
  /** Another one for each field of the operation. */
  readonly number: number;
}

/** Writes the value of a field, given the object that it stands on. */
export function writeField(place: Place, select: (type: GraphQLObjectType) => Write): Write {
  const { field, outline } = place;
  const callOf = callMaker(place);
  const write = writeValue({ schema: outline.schema, callOf, select }, field.type);
  const { name, resolve } = field;
  if (resolve === undefined) return (source, run, sink) => write(readMember(source, name, run, callOf), run, sink);
  return (source, run, sink) => {
    const { args, info } = callOf(run);
    write(resolve(source, args, run.context, info), run, sink);
  };
}

/** What a field without a method of its own gives: see `defaultFieldResolver`. */
function readMember(source: unknown, name: string, run: Run, callOf: (run: Run) => Call): unknown {
  if (!isObject(source)) throw new Unfit(`\`${name}\` stands on no object`);
  const value = source[name];
  if (typeof value !== "function") return value;
  const { args, info } = callOf(run);
  return Reflect.apply(value, source, [args, run.context, info]);
}

/** A field has the same arguments wherever it stands, so they are read once an execution. */
function callMaker(place: Place): (run: Run) => Call {
  const { field, nodes, number } = place;
  const read = readArguments(field, nodes[0]);
  const make = (run: Run): Call => {
    const call = { args: read(run.variables), info: infoOf(place, run) };
    run.calls[number] = call;
    return call;
  };
  return (run) => run.calls[number] ?? make(run);
}

function infoOf({ outline, parentType, field, nodes, path }: Place, { variables }: Run): Call["info"] {
  const { schema, operation, fragments } = outline;
  return {
    fieldName: field.name,
    fieldNodes: nodes,
    returnType: field.type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: variables,
  };
}
