import fc, { type Arbitrary } from "fast-check";
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  parseType,
  typeFromAST,
} from "graphql";

/** Deeper objects are given with what they must have only. */
const deepest = 4;

/** Names are nowhere to be seen in it. */
export class Getter {
  get name(): string {
    return "x";
  }
}

/** Values of most kinds that are not what a type asks for, at least not of every type. */
const awkward: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined),
  fc.constantFrom<unknown>(true, "", "1", "OPEN", "constructor", 0, -0, 7, 1.5, 2 ** 31, -(2 ** 31), Symbol("x"), 7n),
  fc.constantFrom<unknown>(
    2 ** 53,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    () => "x",
    { valueOf: () => "x" },
    new Date(0),
  ),
  fc.constantFrom<unknown>(
    [],
    [[]],
    [null],
    [[["x"]]],
    Object.assign([], { length: 2 }),
    new Set(["x", "y"]),
    new Map(),
  ),
  fc.constantFrom<unknown>(
    {},
    { arn: null },
    { arn: undefined, name: "x" },
    new Getter(),
    Object.create({ name: "x" }),
  ),
  fc.constantFrom<unknown>(JSON.parse('{"__proto__":"x"}'), JSON.parse('{"__proto__":{"name":"x"}}')),
);

const scalars: Readonly<Record<string, Arbitrary<unknown>>> = {
  Int: fc.constantFrom(0, 1, 25, 2 ** 31 - 1, -(2 ** 31)),
  Float: fc.constantFrom(0, 1.5, -3, 1e300),
  ID: fc.constantFrom("x", "", "acs:ram::1:user/x", 7),
  Boolean: fc.boolean(),
  String: fc.constantFrom("", "x", "ecs:Stop", "\u0000\u{1f600}"),
  ARN: fc.constantFrom("acs:ecs:*:*:x", "acs:ram::1:role/X"),
  DateTime: fc.constantFrom("2026-03-11T08:30:00Z", "2026-03-11T08:30:00+02:00"),
  URI: fc.constantFrom("https://example.com/page"),
  Odd: fc.constantFrom("x", 7),
  JSON: fc.constantFrom("x"),
};

export function typeOf(schema: GraphQLSchema, text: string): GraphQLInputType {
  const type = typeFromAST(schema, parseType(text));
  if (!isInputType(type)) throw new Error(`${text} is no type of inputs`);
  return type;
}

/** Mostly a value of the type, with something else in its place, or inside of it, at times. */
export function anyValueOf(type: GraphQLInputType): Arbitrary<unknown> {
  return fc.oneof({ weight: 1, arbitrary: valueAt(type, 1, 0) }, { weight: 1, arbitrary: valueAt(type, 16, 0) });
}

/** A value of the type as it is written in a document. */
export function literalOf(type: GraphQLInputType): Arbitrary<string> {
  return valueAt(type, 0, 0).map((value) => textOf(value, type));
}

function textOf(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return textOf(value, type.ofType);
  if (isListType(type)) {
    return Array.isArray(value)
      ? `[${value.map((item) => textOf(item, type.ofType)).join()}]`
      : textOf(value, type.ofType);
  }
  if (isEnumType(type)) return String(value);
  if (!isInputObjectType(type)) return JSON.stringify(value);
  const fields = type.getFields();
  const members = Object.entries(Object(value)).map(([name, inner]) => {
    const field = fields[name];
    return field === undefined ? "" : `${name}:${textOf(inner, field.type)}`;
  });
  return `{${members.join()}}`;
}

/** @param odds how often a value is as it should be: so many times to each one that is not, always for 0 */
function valueAt(type: GraphQLInputType, odds: number, depth: number): Arbitrary<unknown> {
  const right = rightValueAt(type, odds, depth);
  return odds === 0 ? right : fc.oneof({ weight: odds, arbitrary: right }, { weight: 1, arbitrary: awkward });
}

function rightValueAt(type: GraphQLInputType, odds: number, depth: number): Arbitrary<unknown> {
  if (isNonNullType(type)) return rightValueAt(type.ofType, odds, depth);
  if (isListType(type)) {
    const item = valueAt(type.ofType, odds, depth);
    return fc.oneof({ weight: 3, arbitrary: fc.array(item, { maxLength: 3 }) }, { weight: 1, arbitrary: item });
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  return isInputObjectType(type) ? objectAt(type, odds, depth + 1) : scalarOf(type.name);
}

function scalarOf(name: string): Arbitrary<unknown> {
  const values = scalars[name];
  if (values === undefined) throw new Error(`no values of ${name} are known here`);
  return values;
}

const made = new Map<string, Arbitrary<unknown>>();

/** Made once for each type, as types are met in many places. */
function objectAt(type: GraphQLInputObjectType, odds: number, depth: number): Arbitrary<unknown> {
  const key = `${type.name} ${odds} ${depth}`;
  const objects = made.get(key) ?? withMore(membersAt(type, odds, depth), odds);
  made.set(key, objects);
  return objects;
}

type Members = readonly (readonly [name: string, value: unknown])[];

/** Members in any order, those that may be left out left out at times. */
function membersAt(type: GraphQLInputObjectType, odds: number, depth: number): Arbitrary<Members> {
  const fields = Object.values(type.getFields()).filter(
    (field) => depth < deepest || !isInputObjectType(getNamedType(field.type)),
  );
  const parts = fields.map((field) => valueAt(field.type, odds, depth).map((value) => [field.name, value] as const));
  if (type.isOneOf) return fc.oneof(...parts).map((part) => [part]);
  const present = fields.map((field) => (isNonNullType(field.type) ? fc.constant(true) : fc.boolean()));
  return fc
    .tuple(fc.tuple(...parts), fc.tuple(...present))
    .map(([all, isPresent]) => all.filter((_, index) => isPresent[index]))
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

/** Seldom with one that no type has. `Object.fromEntries` makes own members of all, as reading JSON does. */
function withMore(members: Arbitrary<Members>, odds: number): Arbitrary<unknown> {
  if (odds === 0) return members.map((all) => Object.fromEntries(all));
  const none: Arbitrary<Members> = fc.constant([]);
  const one: Arbitrary<Members> = fc
    .tuple(fc.constantFrom("__proto__", "constructor", "toString", "name", "nope"), awkward)
    .map((member) => [member]);
  return fc
    .tuple(members, fc.oneof({ weight: odds, arbitrary: none }, { weight: 1, arbitrary: one }))
    .map(([all, more]) => Object.fromEntries([...all, ...more]));
}
