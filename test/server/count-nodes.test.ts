import { describe, expect, test } from "@jest/globals";
import { buildSchema, Kind, parse } from "graphql";
import { countNodes } from "../../src/server/count-nodes.js";

const schema = buildSchema(`
  interface Node { id: ID! }
  type Item implements Node { id: ID!, items(first: Int = 25, last: Int): ItemConnection!, next: Item, all: [Item!]! }
  type ItemConnection { nodes: [Item!]!, edges: [ItemEdge!]!, totalCount: Int!, pageInfo: PageInfo! }
  type ItemEdge { node: Item! }
  type PageInfo { hasNextPage: Boolean! }
  type Query { item: Item, items(first: Int = 25, last: Int): ItemConnection!, nodes(ids: [ID!]!): [Node]! }
`);

function count(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("no operation");
  return countNodes(schema, document, operation, variables);
}

describe("the rows that an operation may return", () => {
  test.each<[string, number]>([
    ["{item{id next{id}}}", 0],
    ["{items{nodes{id}}}", 25],
    ["{items(first:3){nodes{id} edges{node{id}}}}", 3],
    ["{items(last:7){nodes{id}}}", 7],
    ["{items(first:100){totalCount pageInfo{hasNextPage} __typename}}", 0],
    ["{items(first:10){nodes{items(first:10){nodes{id}}}}}", 110],
    ["{items(first:10){nodes{items(first:10){totalCount}}}}", 10],
    ["{items(first:10){nodes{next{items(first:2){nodes{id}}}}}}", 30],
    ["{a:items(first:10){nodes{id}} b:items(first:10){nodes{id}}}", 20],
    ['{nodes(ids:["a","b","c"]){id}}', 3],
    ['{nodes(ids:["a","b"]){...on Item{items(first:5){nodes{id}}}}}', 12],
    [
      "{items(first:10){...C}} fragment C on ItemConnection{nodes{...I}} fragment I on Item{items(first:4){nodes{id}}}",
      50,
    ],
    ["query($n:Int=6){items(first:$n){nodes{id}}}", 6],
    ["query($n:Int){items(first:$n){nodes{id}}}", 25],
    ["{items(first:-5){nodes{id}}}", 0],
  ])("are counted: %s", (text, rows) => {
    expect(count(text)).toBe(rows);
  });

  test("are counted with the values that are given", () => {
    const text = "query($n:Int=6,$ids:[ID!]!){items(first:$n){nodes{id}} nodes(ids:$ids){id}}";
    expect(count(text, { n: 8, ids: ["a", "b"] })).toBe(10);
  });
});
