import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildSchema, type GraphQLSchema, isObjectType, Kind, parse } from "graphql";
import { priceOperation } from "../../src/server/price-operation.js";
import { runs } from "../worlds/runs.js";

const costs: Readonly<Record<string, number>> = { "Query.search": 100, "Item.weigh": 7, "Query.many": 1 };
const schema = withCosts(
  buildSchema(`
  interface Node { id: ID! }
  type Item implements Node {
    id: ID!, weigh: Int!, items(first: Int = 25, last: Int): ItemConnection!, next: Item, all: [Item!]!
  }
  type ItemConnection { nodes: [Item!]!, edges: [ItemEdge!]!, totalCount: Int!, pageInfo: PageInfo! }
  type ItemEdge { node: Item! }
  type PageInfo { hasNextPage: Boolean! }
  input At { revision: ID, changes: [Change!] }
  input Change { name: String }
  input Scope { principal: ID, at: At }
  type Query {
    item(at: At, base: Scope): Item, items(first: Int = 25, last: Int): ItemConnection!
    nodes(ids: [ID!]!): [Node]!, many(requests: [ID!]!): [Item!]!, search(first: Int = 25): ItemConnection!
  }
`),
);

function withCosts(made: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(made.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.extensions = { cost: costs[`${type.name}.${field.name}`] };
    }
  }
  return made;
}

function price(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("no operation");
  return priceOperation(schema, document, operation)(variables);
}

describe("the price of an operation", () => {
  test.each<[string, number]>([
    ["{item{id next{id}}}", 0],
    ["{__schema{types{fields{name}}}}", 0],
    ["{items{nodes{id}}}", 25],
    ["{items(first:1){nodes{id}}}", 1],
    ["{items(first:3){nodes{id} edges{node{id}}}}", 3],
    ["{items(last:7){nodes{id}}}", 7],
    ["{items(first:100){totalCount pageInfo{hasNextPage} __typename}}", 1],
    ["{items(first:10){nodes{items(first:10){nodes{id}}}}}", 110],
    ["{items(first:10){nodes{items(first:10){totalCount}}}}", 20],
    ["{items(first:10){nodes{next{items(first:2){nodes{id}}}}}}", 30],
    ["{items(first:10){nodes{weigh}}}", 80],
    ["{items(first:10){nodes{all{weigh}}}}", 10 + 10 * (4 + 4 * 7)],
    ["{a:items(first:10){nodes{id}} b:items(first:10){nodes{id}}}", 20],
    ["{search(first:5){nodes{id}}}", 105],
    ["{search(first:5){totalCount}}", 101],
    ['{nodes(ids:["a","b","c"]){id}}', 3],
    ['{nodes(ids:["a","b"]){...on Item{items(first:5){nodes{id}}}}}', 12],
    ['{many(requests:["a","b"]){weigh}}', 1 + 2 + 14],
    [
      "{items(first:10){...C}} fragment C on ItemConnection{nodes{...I}} fragment I on Item{items(first:4){nodes{id}}}",
      50,
    ],
    ["query($n:Int=6){items(first:$n){nodes{id}}}", 6],
    ["query($n:Int){items(first:$n){nodes{id}}}", 25],
    ["{items(first:-5){nodes{id}}}", 1],
    ['{item(at:{changes:[{name:"a"},{name:"b"}]}){id}}', 200],
    ['{item(base:{at:{changes:[{name:"a"}]}}){id}}', 100],
    ['{item(at:{changes:{name:"a"}}){id}}', 100],
    ['{item(at:{revision:"7"}){id}}', 0],
  ])("of %s", (text, cost) => {
    expect(price(text)).toBe(cost);
  });

  test("takes the values that are given", () => {
    const text = "query($n:Int=6,$ids:[ID!]!,$at:At){items(first:$n){nodes{id}} nodes(ids:$ids){id} item(at:$at){id}}";
    expect(price(text, { n: 8, ids: ["a", "b"], at: { changes: [{}] } })).toBe(110);
    expect(price(text, { n: 8, ids: ["a", "b"], at: "nonsense" })).toBe(10);
    expect(price(text, { n: "8", ids: "a", at: { changes: 5 } })).toBe(25 + 4 + 100);
    expect(price(text, { n: 8, ids: [], at: { changes: null } })).toBe(8 + 1);
  });

  test("stays a number that JSON holds, however deep the pages", () => {
    const deep = `${"items(first:2147483647){nodes{".repeat(16)}id${"}}".repeat(16)}`;
    expect(price(`{${deep}}`)).toBe(Number.MAX_SAFE_INTEGER);
    const text = "query($n:Int){items(first:$n){nodes{next{id} items(first:$n){nodes{id}}}}}";
    expect(price(text, { n: Number.POSITIVE_INFINITY })).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("is worked out in time in proportion to the document, though its fragments expand to 2^200 fields", () => {
    const doubled = Array.from(
      { length: 200 },
      (_, at) => `fragment F${at} on Item{...F${at + 1} next{...F${at + 1}}}`,
    );
    expect(price(`{item{...F0}} ${doubled.join(" ")} fragment F200 on Item{weigh}`)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

/** Selections on an Item, with spreads of the fragments F0 to F3, of which each may spread those behind it only. */
const selections = (from: number): fc.Arbitrary<string> =>
  fc.letrec<{ whole: string; field: string }>((tie) => ({
    whole: fc.array(tie("field"), { minLength: 1, maxLength: 3 }).map((fields) => fields.join(" ")),
    field: fc.oneof(
      { maxDepth: 3, depthIdentifier: `d${from}` },
      fc.constantFrom("id", "weigh", ...[0, 1, 2, 3].filter((at) => at >= from).map((at) => `...F${at}`)),
      tie("whole").map((inner) => `next{${inner}}`),
      tie("whole").map((inner) => `all{${inner}}`),
      fc.tuple(fc.integer({ min: 1, max: 9 }), tie("whole")).map(([n, inner]) => `items(first:${n}){nodes{${inner}}}`),
    ),
  })).whole;

test("a fragment costs what its text costs where it is spread", () => {
  const documents = fc.tuple(selections(0), fc.tuple(...[1, 2, 3, 4].map(selections)));
  fc.assert(
    fc.property(documents, ([whole, fragments]) => {
      const text = fragments.map((inner, at) => `fragment F${at} on Item{${inner}}`).join(" ");
      const inlined: string[] = [];
      for (const inner of fragments.toReversed()) inlined.unshift(spread(inner, inlined));
      expect(price(`{item{${whole}}} ${text}`)).toBe(price(`{item{${spread(whole, inlined)}}}`));
    }),
    runs(200),
  );
});

/** Puts the texts of the last fragments in place of their spreads. */
function spread(text: string, last: readonly string[]): string {
  return text.replace(/\.\.\.F(\d)/g, (_, at) => `...on Item{${last.at(Number(at) - 4)}}`);
}
