import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execute, GraphQLError, type GraphQLSchema, getOperationAST, parse } from "graphql";
import type { App } from "../../src/app/build-app.js";
import { buildRamgraphSchema } from "../../src/app/build-schema.js";
import { readConfig } from "../../src/app/config.js";
import { type Log, silentLog } from "../../src/app/log.js";
import { readExamples } from "../../src/app/read-examples.js";
import type { RequestContext } from "../../src/graphql/request-context.js";
import { createGraphql } from "../../src/server/create-graphql.js";
import { type CompiledOperation, compileOperation } from "../../src/server/execute/compile-operation.js";
import { recordOperation } from "../../src/server/operation-context.js";
import { startRecord } from "../../src/server/operation-record.js";
import { type DemoApp, openDemoApp } from "./demo-app.js";

const EXAMPLES = await readExamples(join(import.meta.dirname, "../../schema/operations"));
let demo: DemoApp;
let app: App;
/** The same, but methods are called as type-graphql does. */
let roundabout: GraphQLSchema;

beforeAll(async () => {
  demo = await openDemoApp();
  app = demo.app;
  roundabout = await buildRamgraphSchema(false);
});

afterAll(async () => {
  await demo.close();
});

type Values = Readonly<Record<string, unknown>>;

/** Texts of both ways; undefined where the compiled one has none. */
async function answers(
  query: string,
  variableValues: Values,
): Promise<{ plain: string; compiled: string | undefined }> {
  const document = parse(query);
  const contextValue = app.createContext();
  const plain = await execute({ schema: app.schema, document, variableValues, contextValue });
  const data = await compile(query)?.answer(app.createContext(), variableValues);
  return { plain: JSON.stringify(plain), compiled: data && `{"data":${data}}` };
}

function compile(query: string): CompiledOperation | undefined {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error("there is no operation");
  return compileOperation(app.schema, document, operation);
}

describe("a compiled operation", () => {
  test.each(EXAMPLES.map((example) => [example.name, example] as const))(
    "gives the very answer of the plain way: %s",
    async (_, { query, variables }) => {
      const { plain, compiled = plain } = await answers(query, variables);
      expect(compiled).toBe(plain);
      const [schema, contextValue] = [roundabout, app.createContext()];
      const other = await execute({ schema, document: parse(query), variableValues: variables, contextValue });
      expect(JSON.stringify(other)).toBe(plain);
    },
  );

  test("is not made of what takes long to compile", () => {
    const large = `{${"...F ".repeat(200)}} fragment F on Query{services(first:1){totalCount nodes{${"code ".repeat(10)}}}}`;
    expect(compile(large)).toBeUndefined();
    expect(compile(large.replace("...F ".repeat(199), ""))).toBeDefined();
  });

  test("is not made of a short text that comes to much", () => {
    const nest = (levels: number): string =>
      levels === 0 ? "id" : `id name arn assumableRoles{totalCount nodes{...on Principal{${nest(levels - 1)}}}}`;
    const compileNest = (levels: number) => compile(`{search(query:"x"){nodes{...on Principal{${nest(levels)}}}}}`);
    expect([2, 8].map((levels) => compileNest(levels) !== undefined)).toEqual([true, false]);
  });

  test("is used for most of them", async () => {
    const all = await Promise.all(EXAMPLES.map(({ query, variables }) => answers(query, variables)));
    expect(all.filter(({ compiled }) => compiled !== undefined).length).toBeGreaterThan(EXAMPLES.length * 0.8);
  });

  test.each<[string, string, Values]>([
    ["the types of a union", '{search(query:"o"){nodes{__typename ...on Role{name id} ...on User{n:name}}}}', {}],
    ["lists in lists", "{users(first:3){nodes{name groups{nodes{name users(first:2){nodes{name}}}}}}}", {}],
    ["a field twice", "{roles(first:2){nodes{name} nodes{id name}} roles(first:2){totalCount}}", {}],
    ["null in the middle", '{role(name:"nobody"){name} node(id:"x"){id} nodes(ids:["x"]){id}}', {}],
    ["values by default", "query($n:Int=2){roles(first:$n){nodes{name} pageInfo{endCursor}}}", {}],
    ["a value that is null", "query($n:Int=2){roles(first:$n){totalCount}}", { n: null }],
    ["one value for a list", "query($i:[ID!]!){nodes(ids:$i){id}}", { i: "x" }],
    [
      "a member that is given",
      "query($t:[PolicyType!]){policies(filterBy:{types:$t}){pageInfo{endCursor}}}",
      { t: ["SYSTEM"] },
    ],
    [
      "a member that is null",
      "query($t:[PolicyType!]){policies(filterBy:{types:$t}){pageInfo{endCursor}}}",
      { t: null },
    ],
    ["the schema", "{__schema{queryType{name fields{name args{name defaultValue}}}}}", {}],
  ])("tells apart %s", async (_, query, variables) => {
    const { plain, compiled } = await answers(query, variables);
    expect(compiled).toBe(plain);
  });
});

describe("a server that compiles", () => {
  const late = () => {
    throw new GraphQLError("too late", { extensions: { code: "TIMEOUT" } });
  };

  test.each<[string, string, Values, (() => void)?]>([
    ["a good question", "query($n:Int){roles(first:$n){nodes{name} totalCount}}", { n: 3 }],
    ["a member left out", "query($t:[PolicyType!]){policies(filterBy:{types:$t}){pageInfo{endCursor}}}", {}],
    ["a wrong value", "query($n:Int){roles(first:$n){totalCount}}", { n: 1_000 }],
    ["a value of the wrong kind", "query($n:Int){roles(first:$n){totalCount}}", { n: "three" }],
    ["a missing value", "query($n:String!){role(name:$n){name}}", {}],
    ["errors beside data", '{roles(first:1){totalCount} service(code:"ecs"){name actions(first:0){totalCount}}}', {}],
    ["a directive", "query($s:Boolean!){roles(first:1){totalCount @skip(if:$s) nodes{name}}}", { s: true }],
    [
      "two members where one is taken",
      "query($a:ActionInput!){whoCan(actions:$a,resource:{unscoped:true}){totalCount}}",
      { a: { name: "ecs:StopInstance", anyOf: ["ecs:StartInstance"] } },
    ],
    [
      "no member where one is taken",
      "query($r:[AccessRequestInput!]!){canMany(requests:$r){verdict}}",
      { r: { principal: "x", actions: {}, resource: { unscoped: true } } },
    ],
    [
      "a list in place of members",
      "query($a:ActionInput!){whoCan(actions:$a,resource:{unscoped:true}){totalCount}}",
      { a: [] },
    ],
    [
      "null where a member is taken, deep inside",
      "query($r:AccessRequestInput!){can(request:$r){verdict}}",
      { r: { principal: "x", actions: { name: "ecs:StopInstance" }, resource: { anyOf: { type: null } } } },
    ],
    ["no time", "{roles(first:1){nodes{permissions(first:1){totalCount}}}}", {}, late],
    ["one of two operations", "query A{__typename} query B{roles(first:1){totalCount}}", {}],
    ["an unknown revision", '{snapshot(at:{revision:"77"}){revision}}', {}],
    ["answers under the name of a prototype", "{__proto__:__typename roles(first:1){__proto__:totalCount}}", {}],
    [
      "a value under the name of a prototype",
      "query($__proto__:[PolicyType!]){policies(filterBy:{types:$__proto__}){totalCount}}",
      JSON.parse('{"__proto__":"SYSTEM"}'),
    ],
    [
      "a missing value that every object has",
      "query($valueOf:String){policies(filterBy:{nameContains:$valueOf}){totalCount}}",
      {},
    ],
    ["an invalid document", "{nope}", {}],
  ])("answers the same however often it is asked: %s", async (_, query, variables, checkTime = () => undefined) => {
    const body = { query, variables, ...(query.includes("query B") && { operationName: "B" }) };
    const posed = { method: "POST", headers: { "content-type": "application/json" }, search: "", body };
    const graphql = createGraphql(app.schema, readConfig({}), silentLog);
    await graphql.start();
    const texts = new Set<string>();
    for (let time = 0; time < 6; time += 1) {
      const context = recordOperation(app.createContext(), startRecord("r"), checkTime);
      const { status, text } = await graphql.answer(posed, context);
      texts.add(`${status} ${text}`);
    }
    await graphql.stop();
    expect([...texts]).toHaveLength(1);
  });
});

describe("an only field that fails", () => {
  interface Told {
    readonly text: string;
    readonly record: object;
    readonly faults: readonly unknown[];
    /** How often it was worked out. */
    readonly looks: number;
  }

  /** Asks a second time, when the shortcut knows the document. */
  async function ask(query: string, snapshotAt: RequestContext["snapshotAt"] | undefined): Promise<Told> {
    const faults: unknown[] = [];
    const log: Log = { ...silentLog, error: ({ err }) => faults.push(err) };
    const graphql = createGraphql(app.schema, readConfig({ RAMGRAPH_ANSWER_MEMORY: "0" }), log);
    await graphql.start();
    const posed = { method: "POST", headers: { "content-type": "application/json" }, search: "", body: { query } };
    const told = async (): Promise<Told> => {
      let looks = 0;
      faults.length = 0;
      const inner = app.createContext();
      const counted: RequestContext["snapshotAt"] = (at) => {
        looks += 1;
        return snapshotAt === undefined ? inner.snapshotAt(at) : snapshotAt(at);
      };
      const record = startRecord("r");
      const { viewer, history } = inner;
      const context = recordOperation({ viewer, history, snapshotAt: counted }, record, () => undefined, app.live);
      const { text } = await graphql.answer(posed, context);
      const { start: _, failure: __, onLookBack: ___, trace: ____, course: _____, ...facts } = record;
      return { text, record: { ...facts, codes: [...facts.codes] }, faults: [...faults], looks };
    };
    const [first, second] = [await told(), await told()];
    expect(second).toEqual(first);
    await graphql.stop();
    return first;
  }

  const broken = async () => {
    throw new Error("out of memory");
  };

  test.each<[string, string, number, boolean?]>([
    ["that may be null", '{role(name:"x",at:{revision:"77"})@{name}}', 1],
    ["that may not be null", '{snapshot(at:{revision:"77"})@{revision}}', 1],
    ["by a value that is refused", '{whoCan(actions:{name:"nope"},resource:{unscoped:true})@{totalCount}}', 1],
    ["before it looks at anything", `{nodes(ids:[${`"x" `.repeat(101)}])@{id}}`, 0],
    ["under another name, in a part", '{...F} fragment F on Query{x:role(name:"x",at:{revision:"77"})@{name}}', 1],
    ["in two places", '{role(name:"x",at:{revision:"77"})@{name} role(name:"x",at:{revision:"77"}){id}}', 1],
    ["by a fault of ours", "{roles(first:1)@{totalCount}}", 1, true],
    ["by a fault of ours, and may be null", '{role(name:"x")@{name}}', 1, true],
    ["below itself", '{service(code:"ecs")@{name actions(first:0){totalCount}}}', 2],
    ["beside another", '{role(name:"x",at:{revision:"77"})@{name} snapshot{revision}}', 4],
    ["beside the name of its type", '{role(name:"x",at:{revision:"77"})@{name} __typename}', 2],
  ])("tells what it tells plainly, %s", async (_, query, looks, isBroken = false) => {
    const snapshotAt = isBroken ? broken : undefined;
    // No operation with a directive is compiled.
    const plain = await ask(query.replace("@", "@include(if:true)"), snapshotAt);
    const compiled = await ask(query.replace("@", " ".repeat("@include(if:true)".length)), snapshotAt);
    expect(compiled).toEqual({ ...plain, looks });
    expect(plain.text).toContain('"errors":');
  });
});
