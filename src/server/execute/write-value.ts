import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { isIterable, isThenable } from "./is-object.js";
import { gatherJson, type JsonSink } from "./json-sink.js";
import { type Call, type Run, Unfit, type Write } from "./run.js";
import { writeLeaf } from "./write-leaf.js";

/** A field whose values are written. */
export interface Field {
  readonly schema: GraphQLSchema;
  readonly callOf: (run: Run) => Call;
  /** Writes objects of that type as they are selected. */
  readonly select: (type: GraphQLObjectType) => Write;
}

/** Writes what a field gives, also if that comes later. */
export function writeValue(field: Field, type: GraphQLOutputType): Write {
  const write = writePresent(field, getNullableType(type));
  const isNeeded = isNonNullType(type);
  const writeGiven: Write = (value, run, sink) => {
    if (value !== null && value !== undefined) return write(value, run, sink);
    if (isNeeded) throw new Unfit(`there is no \`${type.toString()}\``);
    sink.writeBytes(NULL);
  };
  return (value, run, sink) => {
    if (isThenable(value)) writeLater(sink, value, (given, inner) => writeGiven(given, run, inner));
    else writeGiven(value, run, sink);
  };
}

const NULL = Buffer.from("null");
const [COMMA, OPEN, CLOSE] = [Buffer.from(","), Buffer.from("["), Buffer.from("]")];

function writeLater<Given>(
  sink: JsonSink,
  coming: PromiseLike<Given>,
  write: (given: Given, sink: JsonSink) => void,
): void {
  sink.writeLater(Promise.resolve(coming).then((given) => gatherJson((inner) => write(given, inner))));
}

/** Writes what is there. */
function writePresent(field: Field, type: GraphQLOutputType): Write {
  if (isLeafType(type)) return writeLeaf(type);
  if (isListType(type)) return writeList(field, type);
  if (isAbstractType(type)) return writeAbstract(field, type);
  return writeObject(field, type);
}

function writeList(field: Field, { ofType }: GraphQLList<GraphQLOutputType>): Write {
  const write = writeValue(field, ofType);
  const writeItems = (items: Iterable<unknown>, run: Run, sink: JsonSink): void => {
    let isFirst = true;
    sink.writeBytes(OPEN);
    for (const item of items) {
      if (isFirst) isFirst = false;
      else sink.writeBytes(COMMA);
      write(item, run, sink);
    }
    sink.writeBytes(CLOSE);
  };
  return (value, run, sink) => {
    const items = listOf(value);
    try {
      writeItems(items, run, sink);
    } catch (error) {
      hearOf(items);
      throw error;
    }
  };
}

/** Behind an item that failed nobody else waits for those that come later, and a failure that nobody hears of ends the process. */
function hearOf(items: Iterable<unknown>): void {
  for (const item of items) if (isThenable(item)) Promise.resolve(item).catch(() => undefined);
}

function listOf(value: unknown): Iterable<unknown> {
  if (Array.isArray(value) || isIterable(value)) return value;
  throw new Unfit("a list is no list");
}

function writeAbstract(field: Field, type: GraphQLAbstractType): Write {
  const { schema, callOf } = field;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const writers = new Map<unknown, Write>();
  const find = (name: unknown): Write => {
    const member = typeof name === "string" ? schema.getType(name) : undefined;
    if (!isObjectType(member) || !schema.isSubType(type, member)) throw new Unfit(`not one of \`${type.name}\``);
    const write = writeObject(field, member);
    writers.set(name, write);
    return write;
  };
  return (value, run, sink) => {
    if (value instanceof Error) throw value;
    const name: unknown = resolveType(value, run.context, callOf(run).info, type);
    if (!isThenable(name)) (writers.get(name) ?? find(name))(value, run, sink);
    else writeLater(sink, name, (given, inner) => (writers.get(given) ?? find(given))(value, run, inner));
  };
}

function writeObject({ select, callOf }: Field, type: GraphQLObjectType): Write {
  const { isTypeOf } = type;
  let write: Write | undefined;
  const writeSelected: Write = (value, run, sink) => {
    // Selections are looked at once there is something to select of: most types that may be never come.
    write ??= select(type);
    write(value, run, sink);
  };
  const writeOne = (is: unknown, value: unknown, run: Run, sink: JsonSink): void => {
    if (!is) throw new Unfit(`no \`${type.name}\``);
    writeSelected(value, run, sink);
  };
  return (value, run, sink) => {
    if (value instanceof Error) throw value;
    const is: unknown = isTypeOf ? isTypeOf(value, run.context, callOf(run).info) : true;
    if (isThenable(is)) writeLater(sink, is, (given, inner) => writeOne(given, value, run, inner));
    else writeOne(is, value, run, sink);
  };
}
