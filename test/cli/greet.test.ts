import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { greet } from "../../src/cli/greet.js";

const ORIGIN = "http://127.0.0.1:4000";
const METRICS = "http://127.0.0.1:9464";
const plain = { databaseUrl: undefined, dataDir: resolve(".ramgraph"), hasPlayground: true };
const elsewhere = { ...plain, databaseUrl: "postgres://db/ramgraph" };

test.each([
  ["everything", plain, METRICS, "Who", ["playground", "GraphQL API", "metrics", "try"]],
  ["no metrics of their own", plain, undefined, "Who", ["playground", "GraphQL API", "try"]],
  ["no playground", { ...plain, hasPlayground: false }, METRICS, "Who", ["GraphQL API", "metrics", "try"]],
  ["no example", plain, METRICS, undefined, ["playground", "GraphQL API", "metrics"]],
])("tells where things are: %s", (_, config, metricsOrigin, example, told) => {
  const lines = greet({ origin: ORIGIN, metricsOrigin }, config, example).trim().split("\n");
  expect(lines.map((line) => line.trim().split(/ +(?=http|npm|ramgraph|npx)/)[0])).toEqual(told);
});

test.each([
  ["what the settings of this terminal find", plain, / ask Who$/],
  ["the server itself where another terminal may lack them", elsewhere, / ask Who --url http:\/\/127\.0\.0\.1:4000$/],
])("the command to try asks %s", (_, config, command) => {
  expect(greet({ origin: ORIGIN, metricsOrigin: undefined }, config, "Who").trimEnd()).toMatch(command);
});
