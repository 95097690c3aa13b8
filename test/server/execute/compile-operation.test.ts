import { describe, expect, test } from "@jest/globals";
import {
  buildSchema,
  execute,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { compileOperation } from "../../../src/server/execute/compile-operation.js";

/** What the compiled way writes; "plain" where it leaves the answer to the other. */
async function compiledText(schema: GraphQLSchema, query: string, variables: Readonly<Record<string, unknown>>) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error("there is no operation");
  try {
    const text = await compileOperation(schema, document, operation)?.answer({ name: "context" }, variables);
    return text === undefined ? "plain" : `{"data":${text}}`;
  } catch {
    return "plain";
  }
}

async function plainText(schema: GraphQLSchema, query: string, variableValues: Readonly<Record<string, unknown>>) {
  expect(validate(schema, parse(query))).toEqual([]);
  const result = await execute({ schema, document: parse(query), variableValues, contextValue: { name: "context" } });
  return result.errors === undefined ? JSON.stringify(result) : "plain";
}

const color = new GraphQLEnumType({ name: "Color", values: { RED: { value: 1 }, BLUE: { value: "b" }, GREEN: {} } });
const json = new GraphQLScalarType({ name: "Json", serialize: (value) => value });
const named = new GraphQLInterfaceType({ name: "Named", fields: { name: { type: GraphQLString } } });
const member = (name: string, isTypeOf: (value: unknown) => boolean | Promise<boolean>) =>
  new GraphQLObjectType({
    name,
    interfaces: [named],
    isTypeOf,
    fields: { name: { type: GraphQLString }, [`own${name}`]: { type: GraphQLInt } },
  });
const hasName = (name: string) => (value: unknown) =>
  typeof value === "object" && value !== null && Reflect.get(value, "name") === name;
const cat = member("Cat", hasName("cat"));
const dog = member("Dog", hasName("dog"));
const bird = member("Bird", async (value) => hasName("bird")(value));

function waitable(value: string): object {
  const made = {};
  Reflect.set(made, "then", (give: (given: string) => void) => give(value));
  return made;
}

function withoutPrototype(members: object): object {
  Reflect.setPrototypeOf(members, null);
  return members;
}

const later = <T>(value: T) => Promise.resolve(value);
const failed = (text: string) => {
  const failure = Promise.reject(new Error(text));
  failure.catch(() => undefined);
  return failure;
};

describe("a value of a field", () => {
  test.each<[string, GraphQLOutputType, () => unknown]>([
    ["text", GraphQLString, () => 'a "b" \\ \u0001 é \ud800'],
    ["a number as text", GraphQLString, () => 12.5],
    ["an object as text", GraphQLString, () => ({ valueOf: () => "v" })],
    ["a whole number", GraphQLInt, () => -0],
    ["a number that is too large", GraphQLInt, () => 2 ** 31],
    ["a number in quotes", GraphQLInt, () => "7"],
    ["true as a number", GraphQLInt, () => true],
    ["members of an enumeration", new GraphQLList(color), () => [1, "b", "GREEN", 1]],
    ["none of an enumeration", color, () => "RED"],
    ["an object that is no value of an enumeration", color, () => ({})],
    ["any JSON", json, () => ({ a: [1, { b: null }], c: undefined, d: new Date(0) })],
    ["text that is JSON", json, () => "x"],

    ["nothing", GraphQLString, () => undefined],
    ["null where a value is due", new GraphQLNonNull(GraphQLString), () => null],
    ["an error as a value", GraphQLString, () => new Error("given")],
    ["an error as an object", cat, () => Object.assign(new Error("given"), { name: "cat" })],
    [
      "something that throws",
      GraphQLString,
      () => {
        throw new Error("thrown");
      },
    ],
    ["a list", new GraphQLList(GraphQLInt), () => [1, null, 3]],
    ["a list with a gap", new GraphQLList(GraphQLInt), () => Array.from({ 0: 1, 2: 3, length: 3 })],
    ["a list without members", new GraphQLList(GraphQLInt), () => []],
    ["a set", new GraphQLList(GraphQLInt), () => new Set([1, 2])],
    ["text for a list", new GraphQLList(GraphQLString), () => "ab"],
    ["an object for a list", new GraphQLList(GraphQLString), () => ({ length: 0 })],
    ["null in a list of values", new GraphQLList(new GraphQLNonNull(GraphQLInt)), () => [1, null]],
    ["lists of lists", new GraphQLList(new GraphQLList(GraphQLInt)), () => [[1], later([2]), null]],
    ["a value that comes later", GraphQLString, () => later("x")],
    ["null that comes later where a value is due", new GraphQLNonNull(GraphQLString), () => later(null)],
    ["a failure that comes later", GraphQLString, () => failed("late")],
    ["what can be waited for", GraphQLString, () => waitable("waited")],
    ["a list of what comes later", new GraphQLList(GraphQLInt), () => [1, later(2), 3, later(4)]],
    ["a list of which one fails later", new GraphQLList(GraphQLInt), () => [1, failed("late"), 3, later(4)]],
    ["one of several types", named, () => ({ name: "dog" })],
    ["one of several types, told later", named, () => ({ name: "bird" })],
    [
      "several types",
      new GraphQLList(named),
      () => [{ name: "dog", ownDog: 1 }, later({ name: "cat", ownCat: 2 }), null],
    ],
    ["none of several types", named, () => ({ name: "fish" })],
    ["an object of another type", cat, () => ({ name: "dog" })],
    ["an object without members", cat, () => withoutPrototype({ name: "cat" })],
    [
      "members that are methods",
      cat,
      () => ({
        name: "cat",
        ownCat(args: object, context: { name: string }) {
          return Object.keys(args).length + context.name.length;
        },
      }),
    ],
  ])("is written as the plain way does: %s", async (_, type, resolve) => {
    const fields = {
      before: { type: GraphQLInt, resolve: () => later(1) },
      field: { type, resolve },
      after: { type: GraphQLInt, resolve: () => 2 },
    };
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({ name: "Query", fields }),
      types: [cat, dog, bird],
    });
    const isLeaf = !/Cat|Named/.test(String(type));
    const query = `{ before field ${isLeaf ? "" : "{ __typename name ...on Cat { ownCat name } ...D }"} after } ${isLeaf ? "" : "fragment D on Named { again: name ...on Dog { ownDog } }"}`;
    const plain = await plainText(schema, query, {});
    expect(await compiledText(schema, query, {})).toBe(plain);
  });
});

describe("arguments", () => {
  const schema = buildSchema(`
    input Point { x: Int = 1, y: Int!, next: Point }
    enum Side { LEFT RIGHT }
    type Query { f(a: Int, b: Int = 5, c: Int!, d: [Int!], p: Point, s: Side = LEFT): String }
  `);
  const field = schema.getQueryType()?.getFields().f;
  if (field !== undefined) field.resolve = (_, args) => JSON.stringify(args);

  test.each<[string, string, Readonly<Record<string, unknown>>]>([
    ["values", "{ f(c: 1, a: 2, d: 3, p: {y: 4, next: {y: 5, x: null}}, s: RIGHT) }", {}],
    ["null", "{ f(c: 1, a: null, b: null) }", {}],
    ["variables", "query($a: Int, $b: Int, $c: Int!) { f(c: $c, b: $b, a: $a) }", { a: 1, c: 3 }],
    ["a variable that is null", "query($b: Int, $c: Int!) { f(c: $c, b: $b) }", { b: null, c: 3 }],
    ["a variable that is left out where it is due", "query($c: Int = 4) { f(c: $c) }", {}],
    ["a variable that is null where it is due", "query($c: Int = 4) { f(c: $c) }", { c: null }],
    [
      "variables within values",
      "query($x: Int, $n: Point) { f(c: 1, d: [2, 3], p: {x: $x, y: 2, next: $n}) }",
      { n: { y: 1 } },
    ],
    ["a variable in a list", "query($x: Int!) { f(c: $x, d: [1, $x]) }", { x: 7 }],
    ["a whole object", "query($p: Point) { f(c: 1, p: $p, s: LEFT) }", { p: { y: 2, x: 1 } }],
    ["an object that lacks a member", "query($p: Point) { f(c: 1, p: $p) }", { p: { x: 2 } }],
    ["variables beside values", "query($s: Side) { one: f(c: 1, s: $s) two: f(c: 2, s: RIGHT) }", { s: "RIGHT" }],
  ])("are read as the plain way does: %s", async (_, query, variables) => {
    expect(await compiledText(schema, query, variables)).toBe(await plainText(schema, query, variables));
  });
});

test("a value that has no JSON is left to the plain way, which leaves it out", async () => {
  const fields = { field: { type: json, resolve: () => () => 1 } };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
  expect(await plainText(schema, "{ field }", {})).toBe('{"data":{}}');
  expect(await compiledText(schema, "{ field }", {})).toBe("plain");
});

test("nobody misses what was to come behind an item of a list that failed", async () => {
  const items = () => [new Error("now"), Promise.reject(new Error("later")), later(1)];
  const fields = { field: { type: new GraphQLList(GraphQLInt), resolve: items } };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
  expect(await compiledText(schema, "{ field }", {})).toBe("plain");
  // An error that nobody hears of would end the run here.
  await new Promise((resolve) => setImmediate(resolve));
});

test("fields are begun in their order, and none waits for another", async () => {
  const begun: string[] = [];
  const field = (name: string, isLater: boolean) => ({
    type: GraphQLString,
    resolve: () => {
      begun.push(name);
      return isLater ? later(name) : name;
    },
  });
  const fields = { a: field("a", false), b: field("b", true), c: field("c", false), d: field("d", true) };
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });
  const coming = compiledText(schema, "{ a b c d }", {});
  expect(begun).toEqual(["a", "b", "c", "d"]);
  expect(await coming).toBe('{"data":{"a":"a","b":"b","c":"c","d":"d"}}');
});
