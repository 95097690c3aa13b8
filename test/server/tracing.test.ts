import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { runCommand, startServer } from "../ramgraph-process.js";
import { type Collector, type SentSpan, startCollector } from "./collector.js";
import { send } from "./send.js";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";
/** What is asked so often is answered by every way that there is. */
const ASKED = 4;
const page = join(import.meta.dirname, "../fixtures/pages/system-policies.txt");

let database: TestDatabase;
let collector: Collector;
/** Of a server that was asked something, imported to, asked by command, and stopped. */
let spans: readonly SentSpan[];

beforeAll(async () => {
  [database, collector] = await Promise.all([createTestDatabase(), startCollector()]);
  const settings = {
    DATABASE_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  };
  const server = await startServer(settings);
  const headers = { "content-type": "application/json", traceparent: `00-${TRACE}-${CALLER}-01` };
  const ask = (query: string, variables = {}) =>
    send(server.origin, { headers, body: JSON.stringify({ query, variables }) });
  for (let time = 0; time < ASKED; time += 1) {
    await ask("query Traced($q: String!) { search(query: $q) { totalCount } } # PLANTED", { q: "PLANTED" });
  }
  await ask('{ snapshot(at: { revision: "0" }) { revision } }');
  await ask('{ roles(after: "PLANTED") { totalCount } }');
  expect(await runCommand(["import", "docs", page], settings)).toMatchObject({ code: 0 });
  await ask('{ snapshot(at: { minRevision: "2" }) { revision } }');
  const asked = await runCommand(["ask", "WhoCanDeleteSecurityGroup", "--url", server.origin], settings);
  expect(asked.code).toBe(0);
  expect(await server.stop()).toMatchObject({ code: 0 });
  spans = collector.spans;
});

afterAll(async () => {
  await collector.close();
  await database.drop();
});

const named = (name: string) => spans.filter((span) => span.name === name);
const parentOf = (span: SentSpan | undefined) => spans.find(({ spanId }) => spanId === span?.parentSpanId);

test("a request goes on its caller's trace, and its operation stands below it", () => {
  const operations = named("query").filter(({ attributes }) => attributes["graphql.operation.name"] === "Traced");
  expect(operations).toHaveLength(ASKED);
  for (const operation of operations) {
    expect(operation).toMatchObject({ traceId: TRACE, attributes: operations[0]?.attributes });
    expect(operation.attributes).toMatchObject({ "graphql.operation.type": "query", "ramgraph.revision": "1" });
    const request = parentOf(operation);
    expect(request).toMatchObject({ name: "POST", traceId: TRACE, parentSpanId: CALLER });
    expect(request?.attributes).toMatchObject({ "url.path": "/graphql", "http.response.status_code": 200 });
  }
});

test("an older revision is read below the operation that asks for it", () => {
  const read = named("load snapshot").find(({ attributes }) => attributes["ramgraph.revision"] === "0");
  expect(parentOf(read)).toMatchObject({ name: "query", traceId: TRACE });
});

test("a refused operation says so by its code", () => {
  const refused = named("query").find(({ attributes }) => attributes["error.type"] === "BAD_USER_INPUT");
  expect(refused).toMatchObject({ traceId: TRACE, status: { code: 2 } });
});

test("an import and the load of the revision that it made have spans", () => {
  expect(named("import docs")).toHaveLength(1);
  expect(named("load snapshot").map(({ attributes }) => attributes["ramgraph.revision"])).toContain("2");
});

test("a question by command is one trace with what the server does for it", () => {
  const [asked] = named("ask");
  const answered = named("query").filter(({ traceId }) => traceId === asked?.traceId);
  expect(answered).toHaveLength(1);
  expect(parentOf(answered[0])?.parentSpanId).toBe(asked?.spanId);
});

test("nothing that somebody asked is told, and everything is of one service", () => {
  for (const { path, body } of collector.requests) {
    expect(path).toBe("/v1/traces");
    expect(body.toString()).not.toMatch(/PLANTED|totalCount/);
    expect(body.toString()).toContain('"ramgraph"');
  }
});

test.each([
  ["without a word about it", {}, 0],
  ["switched off", { OTEL_SDK_DISABLED: "true" }, 0],
  ["with spans for nobody", { OTEL_TRACES_EXPORTER: "none" }, 0],
  ["in the usual protocol", { OTEL_SERVICE_NAME: "mine" }, 1],
])("a command %s", async (name, more, count) => {
  const own = await startCollector();
  const endpoint = name === "without a word about it" ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: own.url };
  const settings = { DATABASE_URL: database.url, ...endpoint, ...more };
  expect(await runCommand(["import", "docs", page], settings)).toMatchObject({ code: 0 });
  expect(own.requests).toHaveLength(count);
  for (const { type, body } of own.requests) {
    expect(type).toBe("application/x-protobuf");
    expect(body.toString("latin1")).toContain("mine");
  }
  await own.close();
});

test("a collector that is away changes nothing", async () => {
  const settings = { DATABASE_URL: database.url, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };
  expect(await runCommand(["import", "docs", page], settings)).toMatchObject({ code: 0, stderr: "" });
});
