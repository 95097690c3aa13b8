import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { json, post } from "./hostile-requests.js";
import { ask, send } from "./send.js";

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: "info" });
}, 60_000);

afterAll(async () => {
  await database.drop();
});

const seriesIn = (text: string) => text.split("\n").filter((line) => line.startsWith("graphql_")).length;
const read = async () => (await send(server.origin, { method: "GET", path: "/metrics" })).body;
const askAs = (operationName: string) =>
  send(server.origin, post(JSON.stringify({ query: `query ${operationName} { snapshot { revision } }` }), json));

test("counts what is asked without growing with its names, and logs who asked what", async () => {
  await askAs("Name0");
  await ask(server.origin, "{ nothing }");
  const before = seriesIn(await read());
  await Promise.all(Array.from({ length: 50 }, (_, index) => askAs(`Name${index}`)));
  const after = await read();
  expect(seriesIn(after)).toBe(before);
  expect(after).toContain('graphql_operation_duration_seconds_count{name="other",outcome="ok"} 51');
  expect(after).toContain('graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
  expect(after).toContain("nodejs_eventloop_lag_seconds");
  const { stderr } = await server.stop();
  const line = stderr.split("\n").find((each) => each.includes('"Name7"')) ?? "{}";
  const facts = { viewer: "anonymous", operationName: "Name7", revision: "1", cost: 1, outcome: "OK", errors: 0 };
  expect(JSON.parse(line)).toMatchObject(facts);
  expect(stderr).not.toContain("snapshot {");
});
