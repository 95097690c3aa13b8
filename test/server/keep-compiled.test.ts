import { expect, test } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { keepCompiled } from "../../src/server/keep-compiled.js";

const schema = buildSchema("type Query { f: String, q: Query, m(a: Int): String }");

function read(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error("there is no operation");
  return [schema, document, operation] as const;
}

/** A text of 150 letters that comes to 400 fields. */
const dense = (name: string) =>
  read(
    `query ${name}{${"...A ".repeat(4)}} fragment A on Query{${"q{...B} ".repeat(10)}} fragment B on Query{f f f f f f f f f}`,
  );

test("what is made of operations is bounded by what their texts come to", () => {
  const find = keepCompiled(1_000);
  const [first, second, third] = [dense("First"), dense("Second"), dense("Third")];
  const made = find(...first);
  expect(made?.fields).toBe(400);
  expect(find(...first)).toBe(made);
  find(...second);
  expect(find(...first)).toBe(made);
  find(...third);
  expect(find(...first)).toBe(made);
  const again = find(...second);
  expect(again?.fields).toBe(400);
  find(...third);
  find(...first);
  expect(find(...second)).not.toBe(again);
});

test("what is left to the plain way is left to it again", () => {
  const find = keepCompiled();
  const skipping = read("{ f @skip(if: false) }");
  expect([find(...skipping), find(...skipping)]).toEqual([undefined, undefined]);
});

test("a long text counts as well as its fields", () => {
  const find = keepCompiled(1_000);
  const small = read("{ f }");
  const made = find(...small);
  for (const name of ["a", "b"]) find(...read(`{ m(a: 1) } # ${name.repeat(20_000)}`));
  expect(find(...small)).not.toBe(made);
});
