import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import type { App } from "../../src/app/build-app.js";
import { readConfig } from "../../src/app/config.js";
import { silentLog } from "../../src/app/log.js";
import { readExamples } from "../../src/app/read-examples.js";
import { createGraphql, type Graphql } from "../../src/server/create-graphql.js";
import { recordOperation } from "../../src/server/operation-context.js";
import { startRecord } from "../../src/server/operation-record.js";
import { type RunningServer, startServer } from "../../src/server/start-server.js";
import { type DemoApp, openDemoApp } from "./demo-app.js";
import { get, hostileRequests, json, post, preflight, query, typename } from "./hostile-requests.js";
import { type Sent, send } from "./send.js";

const EXAMPLES = await readExamples(join(import.meta.dirname, "../../schema/operations"));
/** Small enough that some of what is asked here is refused, and so that every answer is worked out. */
const SETTINGS = { PORT: "0", RAMGRAPH_ANSWER_MEMORY: "0", RAMGRAPH_MAX_COST: "5000", RAMGRAPH_PLAYGROUND: "false" };
let demo: DemoApp;
let app: App;

beforeAll(async () => {
  demo = await openDemoApp();
  app = demo.app;
});

afterAll(async () => {
  await demo.close();
});

async function open(settings: Readonly<Record<string, string>>, hasShortcut: boolean): Promise<Graphql> {
  const graphql = createGraphql(app.schema, readConfig(settings), silentLog, hasShortcut);
  await graphql.start();
  return graphql;
}

const posed = (body: object) => ({ method: "POST", headers: json, search: "", body });

/** An answer, and what the log and the figures are to know of it. */
async function ask(answer: Graphql["answer"] | Graphql["shortcut"], body: object, checkTime = () => undefined) {
  const record = startRecord("r");
  const written = await answer(posed(body), recordOperation(app.createContext(), record, checkTime, app.live));
  const { operationName, type, cost, revisions, verdicts, codes, isTimeless, isMomentary } = record;
  const told = { operationName, type, cost, codes, isTimeless, isMomentary };
  const sets = { revisions: [...revisions].toSorted(), verdicts: [...verdicts] };
  return written && { ...written, ...told, ...sets };
}

describe("the shortcut", () => {
  test("answers examples as Apollo Server does, to the byte and to the log, and takes most of them", async () => {
    const [ours, plain] = await Promise.all([open({}, true), open({ RAMGRAPH_ANSWER_MEMORY: "0" }, false)]);
    let taken = 0;
    for (const { query: text, variables } of EXAMPLES) {
      const body = { query: text, variables };
      const expected = await ask(plain.answer, body);
      expect(await ask(ours.answer, body)).toEqual(expected);
      const short = await ask(ours.shortcut, body);
      if (short !== undefined) taken += 1;
      expect(short ?? expected).toEqual(expected);
    }
    expect(taken).toBeGreaterThan(EXAMPLES.length * 0.7);
    await Promise.all([ours.stop(), plain.stop()]);
  });

  test("pays once for what it leaves to Apollo Server in the middle", async () => {
    const graphql = await open(
      {
        RAMGRAPH_MAX_COST: "1000",
        RAMGRAPH_COST_PER_MINUTE: "1500",
        RAMGRAPH_AUTH: "tokens",
        RAMGRAPH_ANSWER_MEMORY: "0",
      },
      true,
    );
    const statuses: (number | undefined)[] = [];
    // It is priced and paid for, and fails when it is compiled.
    const body = {
      query: '{roles(first:100){totalCount nodes{name}} service(code:"ecs"){actions(first:0){totalCount}}}',
    };
    const cost = (await ask(graphql.answer, body))?.cost ?? 0;
    for (let spent = cost; spent + cost <= 1_500; spent += cost)
      statuses.push((await ask(graphql.answer, body))?.status);
    expect(statuses.length).toBeGreaterThan(5);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await ask(graphql.answer, body))?.status).toBe(429);
    await graphql.stop();
  });

  test("leaves alone what runs out of time, and takes it again when there is time", async () => {
    const graphql = await open({ RAMGRAPH_ANSWER_MEMORY: "0" }, true);
    const body = { query: "{roles(first:1){nodes{permissions(first:1){totalCount}}}}" };
    const late = () => {
      throw new GraphQLError("too late", { extensions: { code: "TIMEOUT" } });
    };
    for (let round = 0; round < 4; round += 1) {
      expect(await ask(graphql.answer, body)).toMatchObject({ codes: [], text: /^\{"data"/ });
      expect(await ask(graphql.shortcut, body, late)).toBeUndefined();
      expect(await ask(graphql.answer, body, late)).toMatchObject({ codes: ["TIMEOUT"], text: /"data":null/ });
    }
    await graphql.stop();
  });
});

const ROLES = "query Roles($n: Int = 2) { roles(first: $n) { totalCount nodes { name } } }";
const TWO = "query A { __typename } query B { roles(first: 1) { totalCount } }";
const accepting = (accept: string) => query(ROLES, {}) && post(JSON.stringify({ query: ROLES }), { ...json, accept });

const plainRequests: readonly [name: string, request: Sent][] = [
  ["a question", query(ROLES)],
  ["null where nothing is given", query(ROLES, { operationName: null, variables: null, extensions: null })],
  ["what a client is", query(ROLES, { extensions: { clientLibrary: { name: "@apollo/client", version: "4.0.0" } } })],
  ["extensions in a list", query(ROLES, { extensions: [] })],
  ["extensions that are a text", query(ROLES, { extensions: "{}" })],
  [
    "extensions that name a document",
    query(ROLES, { extensions: { persistedQuery: { version: 1, sha256Hash: "0" } } }),
  ],
  ["a member that nobody knows", query(ROLES, { id: 1, documentId: undefined })],
  ["a document by a wrong name", query(ROLES, { documentId: "sha256:0" })],
  ["values", query(ROLES, { variables: { n: 3 } })],
  ["a value that nobody asked for", query(ROLES, { variables: { n: 3, m: 1, __proto__: 1 } })],
  ["a value of the wrong kind", query(ROLES, { variables: { n: "3" } })],
  ["a value out of range", query(ROLES, { variables: { n: -1 } })],
  ["a value too large for a number", post(`{"query":${JSON.stringify(ROLES)},"variables":{"n":1e999}}`)],
  ["values in a list", query(ROLES, { variables: [] })],
  ["values in a text", query(ROLES, { variables: '{"n":3}' })],
  ["a missing value", query("query($n: String!) { role(name: $n) { name } }")],
  ["its name", query(ROLES, { operationName: "Roles" })],
  ["another name", query(ROLES, { operationName: "Nobody" })],
  ["an empty name", query(ROLES, { operationName: "" })],
  ["a name that is a number", query(ROLES, { operationName: 1 })],
  ["one of two operations", query(TWO, { operationName: "B" })],
  ["none of two operations", query(TWO)],
  ["a prototype", post(`{"__proto__":{"variables":{"n":1}},"query":${JSON.stringify(ROLES)}}`)],
  ["the same member twice", post(`{"query":"{nope}","query":${JSON.stringify(ROLES)}}`)],
  ["an empty document", query("")],
  ["errors beside data", query('{roles(first:1){totalCount} service(code:"ecs"){name actions(first:0){totalCount}}}')],
  ["null from a failing list", query("{roles(first:0){totalCount}}")],
  ["an unknown revision", query('{snapshot(at:{revision:"77"}){revision}}')],
  ["the past", query('{snapshot(at:{revision:"1"}){revision} roles(first:1,at:{revision:"1"}){totalCount}}')],
  [
    "a directive",
    query("query($s:Boolean!){roles(first:1){totalCount @skip(if:$s) nodes{name}}}", { variables: { s: true } }),
  ],
  ["what costs too much", query("{services(first:100){nodes{actions(first:100){nodes{name}}}}}")],
  ["what is not valid", query("{roles(first:1){nope}}")],
  ["what cannot be parsed", query("{roles(")],
  ["the schema", query('{__schema{queryType{name}} __type(name:"Role"){name}}')],
  ["a charset", post(JSON.stringify({ query: ROLES }), { "content-type": "Application/JSON; charset=UTF-8" })],
  ["a type with words behind it", post(JSON.stringify({ query: ROLES }), { "content-type": "application/json; ;=" })],
  ["a header that Apollo's clients send", post(JSON.stringify({ query: ROLES }), { ...json, ...preflight })],
  ["GET", get("{roles(first:1){totalCount}}")],
  ["GET by a foreign page", get("{roles(first:1){totalCount}}", {})],
  ...["*/*", "", "application/json", "text/html", "multipart/mixed", "application/graphql-response+json", ";;;"].map(
    (accept): [string, Sent] => [`accept: ${accept}`, accepting(accept)],
  ),
  ["accept, in an order", accepting("application/json;q=0.5, application/graphql-response+json, text/event-stream")],
  ["accept, refusing JSON", accepting("application/json;q=0, */*;q=0")],
];

describe("a server with the shortcut", () => {
  interface Heard {
    readonly server: RunningServer;
    readonly lines: object[];
  }
  let servers: readonly Heard[];

  /** A server of its own, and its lines. */
  async function serve(hasShortcut: boolean, settings: Readonly<Record<string, string>> = SETTINGS): Promise<Heard> {
    const lines: object[] = [];
    const tell = (facts: object, message: string) =>
      void lines.push({ ...facts, requestId: "id", durationMs: 0, message });
    const log = { debug: () => undefined, info: tell, warn: tell, error: tell };
    return { server: await startServer(app, readConfig(settings), log, hasShortcut), lines };
  }

  beforeAll(async () => {
    servers = [await serve(true), await serve(false)];
  });

  afterAll(async () => {
    await Promise.all(servers.map(({ server }) => server.stop()));
  });

  /** All that a client and the operator see of a request, but for what is of the moment. */
  async function hear({ server, lines }: Heard, request: Sent) {
    lines.length = 0;
    const { status, headers, body } = await send(server.origin, request);
    const text = body.replaceAll(String(headers["x-request-id"]), "id");
    return { status, headers: { ...headers, "x-request-id": "id", date: "now" }, body: text, lines: [...lines] };
  }

  test.each([...plainRequests, ...hostileRequests.map(([name, , request]) => [name, request] as const)])(
    "answers as one without, however often: %s",
    async (_, request) => {
      const [short, plain] = servers;
      if (short === undefined || plain === undefined) throw new Error("no servers");
      const expected = await hear(plain, request);
      for (let time = 0; time < 3; time += 1) expect(await hear(short, request)).toEqual(expected);
    },
  );

  test("goes on when a client leaves in the middle", async () => {
    for (const { server, lines } of servers) {
      const { hostname, port } = new URL(server.origin);
      const body = JSON.stringify({ query: ROLES });
      const head = `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
      for (const bytes of [head + body, head + body.slice(0, 9), head]) {
        const socket = connect(Number(port), hostname);
        await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
        socket.destroy();
      }
      expect((await send(server.origin, post(typename))).status).toBe(200);
      expect(JSON.stringify(lines)).not.toMatch(/failed/);
    }
  });

  test("answers the same while it drains, and then nothing", async () => {
    const draining = await serve(true, { ...SETTINGS, RAMGRAPH_DRAIN_DELAY: "1s" });
    const expected = await hear(draining, query(ROLES));
    const ended = draining.server.stop();
    for (let time = 0; time < 4; time += 1) expect(await hear(draining, query(ROLES))).toEqual(expected);
    await ended;
    await expect(hear(draining, query(ROLES))).rejects.toThrow();
  });
});
