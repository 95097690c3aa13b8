import { deepStrictEqual } from "node:assert";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  extendSchema,
  GraphQLEnumType,
  GraphQLScalarType,
  GraphQLSchema,
  getVariableValues,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { buildRamgraphSchema } from "../../../src/app/build-schema.js";
import { coerceVariables } from "../../../src/server/execute/coerce-variables.js";
import { runs } from "../../worlds/runs.js";
import { anyValueOf, Getter, literalOf, typeOf } from "./input-values.js";

/** What the types of ours lack: ones that hold themselves, objects by default, words that mean no text, values read as nothing. */
const awkward = extendSchema(
  new GraphQLSchema({
    types: [
      new GraphQLEnumType({
        name: "Word",
        values: { OPEN: { value: { deep: [1] } }, X: { value: 0 }, NO: { value: null } },
      }),
      new GraphQLScalarType({ name: "Odd", parseValue: (value) => (value === "1" ? undefined : value) }),
    ],
  }),
  parse(`type Query { a: Int }
    input Tree { left: Tree kids: [Tree!] words: [[Word!]] = [[X]] leaf: Leaf = {n: 4} name: String! = "x" constructor: Int }
    input Leaf @oneOf { n: Float arn: ID words: [Word] }
    input Loop { word: Word = OPEN no: Word! loop: [[Loop]!] tree: Tree = {words: null} odd: [Odd] name: String }
    input Free { name: String arn: String odd: Odd }`),
);
const schemas = { awkward, ours: await buildRamgraphSchema() };
const typeTexts = fc.oneof(
  ...Object.values(schemas).map((schema) => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isInputType(type) && !type.name.startsWith("__"));
    const texts = types.flatMap(({ name }) =>
      ["T", "T!", "[T!]!", "[T]", "[[T]!]"].map((text) => text.replace("T", name)),
    );
    return fc.constantFrom(...texts.map((text) => ({ schema, text })));
  }),
);

function operationOf(text: string): OperationDefinitionNode {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${text} is no operation`);
  return operation;
}

type Values = Readonly<Record<string, unknown>>;

/** What graphql-js reads; undefined where it finds errors. Fails where our way gives anything else. */
function readBothWays(
  schema: GraphQLSchema,
  text: string,
  ...given: readonly Values[]
): readonly (Values | undefined)[] {
  const operation = operationOf(text);
  const coerce = coerceVariables(schema, operation);
  if (coerce === undefined) throw new Error("no function was made");
  return given.map((values) => {
    const plain = getVariableValues(schema, operation.variableDefinitions ?? [], values).coerced;
    const ours = coerce(values);
    deepStrictEqual(ours, plain);
    expect(JSON.stringify(ours)).toBe(JSON.stringify(plain));
    return plain;
  });
}

describe("variables are read as graphql-js reads them", () => {
  test("whatever is given for any type of input", () => {
    let [well, badly] = [0, 0];
    const questions = fc.tuple(typeTexts, fc.boolean()).chain(([{ schema, text }, hasDefault]) => {
      const type = typeOf(schema, text);
      const literal = hasDefault ? literalOf(type).map((value) => `=${value}`) : fc.constant("");
      return fc.record({
        schema: fc.constant(schema),
        query: literal.map((value) => `query($z:Int=3,$v:${text}${value},$a:String){__typename}`),
        values: fc.array(anyValueOf(type), { minLength: 1, maxLength: 6 }),
      });
    });
    const law = fc.property(questions, ({ schema, query, values }) => {
      const given = values.map((v) => ({ a: "x", v, other: 1 }));
      for (const read of readBothWays(schema, query, ...given, {}, { v: undefined }, Object.create({ v: 1, z: 2 }))) {
        if (read === undefined) badly += 1;
        else well += 1;
      }
    });
    fc.assert(law, runs(600));
    expect(Math.min(well, badly) / (well + badly)).toBeGreaterThan(0.3);
  });

  test.each<[string, string, unknown]>([
    ["a member that its type reads as nothing", "Free", { odd: "1" }],
    ["a member that only the prototype has, out of sight", "Free", new Getter()],
    ["an object without a prototype", "Free", Object.assign(Object.create(null), { name: "x" })],
    ["a member that is undefined", "Free", { name: undefined, arn: "x" }],
    ["members in another order", "Free", { arn: "x", name: "y" }],
    ["a type whose member every object has", "Tree", { name: "x" }],
  ])("%s", (_, type, v) => {
    expect(readBothWays(awkward, `query($v:${type}){a}`, { v })).toHaveLength(1);
  });

  test("an object by default is one's own each time", () => {
    const coerce = coerceVariables(awkward, operationOf("query($v:Tree={leaf:{n:1}}){a}"));
    const [one, other] = [coerce?.({}), coerce?.({})];
    expect(one).toEqual(other);
    expect(one?.v === other?.v).toBe(false);
  });

  test("a variable of a name that objects have a meaning for is left to the plain way", () => {
    expect(coerceVariables(awkward, operationOf("query($__proto__:Int){a}"))).toBeUndefined();
    expect(coerceVariables(awkward, operationOf("query($constructor:Int){a}"))?.({})).toEqual({});
  });
});
