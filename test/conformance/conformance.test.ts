import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  printSchema,
} from "graphql";
import { serverAudits } from "graphql-http";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { ask, parse } from "../server/send.js";
import { tryApolloClient, tryGraphqlRequest, tryUrql } from "./clients.js";
import { compileRelay, expectedArtifacts } from "./compile-relay.js";
import { lintSchema } from "./lint-schema.js";
import { rootConnections } from "./root-connections.js";
import { checkTypes, generateTypes } from "./type-documents.js";

// What others have written to judge or to call any GraphQL server, run against a started one.

// Compilers start slowly while other tests keep the machine busy.
let database: TestDatabase;
let server: RunningServer;
let folder: string;
let schema: GraphQLSchema;
let sdl: string;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url });
  folder = await mkdtemp(join(tmpdir(), "ramgraph-conformance-"));
  schema = buildClientSchema(await introspect());
  sdl = printSchema(schema);
});

afterAll(async () => {
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function introspect(): Promise<IntrospectionQuery> {
  const client = tryGraphqlRequest(server.origin);
  const introspection = await client.ask(getIntrospectionQuery());
  if (!isIntrospection(introspection)) throw new Error("no introspection");
  return introspection;
}

const isIntrospection = (value: unknown): value is IntrospectionQuery =>
  typeof value === "object" && value !== null && "__schema" in value;

describe("GraphQL over HTTP", () => {
  /** Under `application/json` these want 200 for what was never executed; Apollo Server answers 400 in both media types. */
  const deviations = ["572B", "FDE2", "7B9B"];
  const fetchFn = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set("apollo-require-preflight", "1");
    return fetch(url, { ...init, headers });
  };
  const audits = serverAudits({ url: () => `${server.origin}/graphql`, fetchFn });

  test("is audited in full", () => {
    expect(audits.length).toBeGreaterThanOrEqual(61);
  });

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s: %s", async (id, _, audit) => {
    const { status } = await audit.fn();
    expect(status === "ok").toBe(!deviations.includes(id));
  });
});

describe("Relay's compiler", () => {
  test("takes every root connection and a list that is fetched again by global id, and the server what it makes", async () => {
    const { artifacts, operations } = await compileRelay(join(folder, "relay"), schema, sdl);
    expect([...artifacts].sort()).toEqual(expectedArtifacts(schema));
    expect(operations).toHaveLength(artifacts.length - 2);
    const answers = await Promise.all(operations.map((text) => ask(server.origin, text, variables)));
    expect(answers.map(({ body }) => body).filter((body) => body.startsWith('{"errors"'))).toEqual([]);
  });
});

/** Enough for every root connection. */
const variables = {
  count: 3,
  actions: { name: "ecs:DeleteSecurityGroup" },
  resource: { anyOf: { pattern: "*" } },
  query: "mse",
  base: {},
  head: {},
  id: "",
  name: "AliyunServiceRoleForMSE",
};

test("GraphQL Code Generator makes types without gaps that the compiler takes, strictly", async () => {
  const types = await generateTypes(schema, sdl);
  for (const [, text] of types) expect(text).not.toMatch(/[:<|&] any\b/);
  expect(types.get("pages.ts")?.match(/^export type pages\w+Query = /gim)).toHaveLength(rootConnections(schema).length);
  await checkTypes(folder, types);
});

test("the schema keeps the rules of graphql-eslint", async () => {
  const file = join(folder, "schema.graphql");
  await writeFile(file, sdl);
  await lintSchema(file);
});

describe.each([
  ["@apollo/client", tryApolloClient],
  ["@urql/core", tryUrql],
  ["graphql-request", tryGraphqlRequest],
])("%s", (_, open) => {
  const byName = "query Role($name: String!) { role(name: $name) { id name } }";
  const name = "AliyunServiceRoleForMSE";

  test("gets data, with variables and without", async () => {
    const client = open(server.origin);
    expect(await client.ask("{ snapshot { revision } }")).toMatchObject({ snapshot: { revision: "1" } });
    expect(await client.ask(byName, { name })).toMatchObject({ role: { name } });
  });

  test("asks by GET", async () => {
    expect(await open(server.origin).get(byName, { name })).toMatchObject({ role: { name } });
  });

  test("sees what kind of error it got", async () => {
    expect(await open(server.origin).fail("{ roles(first: 100000) { totalCount } }")).toBe("BAD_USER_INPUT");
    expect(await open(server.origin).fail("{ nothing }")).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

test("@apollo/client keeps an object once, by its global id", async () => {
  const client = tryApolloClient(server.origin);
  const first = await client.ask('{ role(name: "AliyunServiceRoleForMSE") { __typename id name } }');
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(first))?.[1];
  await client.ask("query Again($id: ID!) { node(id: $id) { __typename id } }", { id });
  expect(client.cached().filter((key) => key !== "ROOT_QUERY" && key !== "__META")).toEqual([`Role:${id}`]);
});

test("graphql-request sees that a batch is refused", async () => {
  expect(await tryGraphqlRequest(server.origin).batch()).toBe(400);
  const { body } = await ask(server.origin, "{ __typename }");
  expect(parse(body)).toMatchObject({ data: { __typename: "Query" } });
});
