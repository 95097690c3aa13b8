import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { get, hostileRequests, hostileTexts, json, post, query, tooExpensive, typename } from "./hostile-requests.js";
import { limitPairs } from "./limit-pairs.js";
import { rawRequests } from "./raw-requests.js";
import { ask, parse, type Received, type Sent, send, sendRaw } from "./send.js";

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ DATABASE_URL: database.url });
});

afterAll(async () => {
  const { code, stderr } = await server.stop();
  await database.drop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

describe("a good request", () => {
  test.each<[string, Sent]>([
    ["by POST", post(typename)],
    ["by POST, with the charset named", post(typename, { "content-type": "application/json; charset=UTF-8" })],
    ["by POST, behind a byte order mark", post(`\uFEFF${typename}`)],
    ["by POST, with null where nothing is given", query("{__typename}", { operationName: null, variables: null })],
    ["by GET with a preflight header", get("{__typename}")],
    ["by POST, whatever method it names besides", post(typename, { ...json, "x-http-method-override": "DELETE" })],
    ["by POST, with a prototype", post('{"__proto__":{"query":"{nope}"},"query":"{__typename}"}')],
  ])("is answered %s", async (_, request) => {
    const { status, headers, body } = await send(server.origin, request);
    expect({ status, body: parse(body) }).toMatchObject({ status: 200, body: { data: { __typename: "Query" } } });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is answered in the newer media type where it is preferred", async () => {
    const accept = "application/graphql-response+json, application/json;q=0.9";
    const { status, headers } = await send(server.origin, post(typename, { ...json, accept }));
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/graphql-response+json; charset=utf-8");
  });

  test("may ask for the whole schema", async () => {
    const { status, body } = await ask(server.origin, getIntrospectionQuery());
    expect(status).toBe(200);
    expect(body).toContain('"name":"whoCan"');
  });

  test("gets right answers, with the revision they come from", async () => {
    const question = `{
      snapshot { revision }
      whoCan(actions: { name: "ecs:DeleteSecurityGroup" }, resource: { anyOf: { pattern: "*" } }) { revision totalCount }
    }`;
    const { body } = await ask(server.origin, question);
    const data = { snapshot: { revision: "1" }, whoCan: { revision: "1", totalCount: 3 } };
    expect(parse(body)).toMatchObject({ data });
  });
});

describe("a request that a proxy passes on, to a server that only its own machine may ask", () => {
  test.each([
    ["x-forwarded-for", "203.0.113.9", 403],
    ["x-forwarded-for", "127.0.0.1, 203.0.113.9", 403],
    ["x-forwarded-host", "graph.example", 403],
    ["x-real-ip", "2001:db8::1", 403],
    ["forwarded", 'for="[2001:db8::1]:47"', 403],
    ["x-forwarded-for", "127.0.0.1", 200],
    ["x-forwarded-for", "::1", 200],
    ["forwarded", "for=127.0.0.1;proto=http", 200],
  ])("%s: %s", async (name, value, status) => {
    expect((await send(server.origin, post(typename, { ...json, [name]: value }))).status).toBe(status);
  });
});

describe("a bad request", () => {
  test.each(hostileRequests)("is refused: %s", async (_, status, request) => {
    const received = await send(server.origin, request);
    expect(received.status).toBe(status);
    expectErrors(received);
  });

  test.each<[string, string]>([
    ["first and last", "{users(first:1,last:1){totalCount}}"],
    ["first: 1e999", "{roles(first:1e999){totalCount}}"],
    ["an instant before all others", '{snapshot(at:{asOf:"0000-01-01T00:00:00Z"}){revision}}'],
    ["an instant before the year 1 in UTC", '{snapshot(at:{asOf:"0001-01-01T00:00:00+14:00"}){revision}}'],
    ["an instant after 9999 in UTC", '{snapshot(at:{asOf:"9999-12-31T23:59:59-14:00"}){revision}}'],
    ["an instant that no calendar has", '{snapshot(at:{asOf:"2026-02-30T00:00:00Z"}){revision}}'],
    ["an instant in the year 294277", '{snapshot(at:{asOf:"294277-01-01T00:00:00Z"}){revision}}'],
    ["an instant without end", '{snapshot(at:{asOf:"infinity"}){revision}}'],
    ["first: -1", "{roles(first:-1){totalCount}}"],
    ["first: 2^31-1", "{roles(first:2147483647){totalCount}}"],
    ["first: 99999999999", "{roles(first:99999999999){totalCount}}"],
    ["a forged cursor", '{roles(after:"x"){totalCount}}'],
  ])("is refused naming its argument: %s", async (_, text) => {
    const { body } = await ask(server.origin, text);
    expect(parse(body)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  test("says how expensive it is", async () => {
    const { body } = await send(server.origin, query(tooExpensive));
    expect(parse(body)).toMatchObject({
      errors: [{ extensions: { code: "QUERY_TOO_EXPENSIVE", cost: 1_060_205, limit: 20_000 } }],
    });
  });
});

describe("a hostile text", () => {
  test.each(hostileTexts)("is only text: %s", async (_, text) => {
    const names = `query($t:String!){role(name:$t){name} user(name:$t){name} policy(name:$t){name} action(name:$t){name}
      search(query:$t){totalCount} users(nameContains:$t){totalCount} actions(pattern:$t){totalCount}}`;
    const { status, body } = await ask(server.origin, names, { t: text });
    expect(status).toBe(200);
    expect(body).toMatch(/"role":null,"user":null,"policy":null,"action":null|"code":"BAD_USER_INPUT"/);
    for (const field of ["node(id:$t){id}", "snapshot(at:{revision:$t}){revision}"]) {
      const received = await ask(server.origin, `query($t:ID!){${field}}`, { t: text });
      expect(received.body).toMatch(/"node":null|"code":"BAD_USER_INPUT"/);
    }
    for (const cursor of ["roles(after:$t)", "users(before:$t)", "services(after:$t)"]) {
      const received = await ask(server.origin, `query($t:String){${cursor}{totalCount}}`, { t: text });
      expect(received.body).toContain('"code":"BAD_USER_INPUT"');
    }
    expect((await ask(server.origin, "{services(first:1){totalCount}}")).body).toMatch(/"totalCount":[1-9]/);
  });

  test("names no variable of another", async () => {
    const body = '{"query":"query($__proto__:String!){role(name:$__proto__){name}}","variables":{"__proto__":"x"}}';
    expect((await send(server.origin, post(body))).body).toContain('{"data":{"role":null}');
  });

  test("in no list finds nothing, and an empty list asks for nothing", async () => {
    const empty = `{nodes(ids:[]){id} canMany(requests:[]){verdict}
      whoCan(actions:{name:"ecs:StartInstance"},resource:{anyOf:{pattern:"*"}},types:[]){totalCount}}`;
    const data = { nodes: [], canMany: [], whoCan: { totalCount: 0 } };
    expect(parse((await ask(server.origin, empty)).body)).toMatchObject({ data });
  });
});

describe("a limit", () => {
  test.each(limitPairs.map((pair) => [pair.limit, pair] as const))("is where it is said to be: %s", async (_, pair) => {
    const { most, sent, status, code } = pair;
    const within = await send(server.origin, sent(most));
    expect(within.status).toBe(200);
    expect(within.body).not.toContain(code);
    const beyond = await send(server.origin, sent(most + 1));
    expect(beyond.status).toBe(status);
    expect(beyond.body).toContain(`"code":"${code}"`);
    expectErrors(beyond);
  });

  test("is met by headers of 16 KiB and more", async () => {
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await send(server.origin, post(typename, { ...json, ...headers }))).status;
    expect(await statusOf({ x: "x".repeat(15_000) })).toBe(200);
    expect(await statusOf({ x: "x".repeat(16_384) })).toBe(431);
  });

  test("leaves time to a sender that is not too slow", async () => {
    const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n`;
    const slow = [`${head}content-length: ${typename.length}\r\n`, "\r\n", typename.slice(0, 5), typename.slice(5)];
    expect(await sendRaw(server.origin, ...slow)).toMatch(/^HTTP\/1.1 200 /);
  });
});

function errorsOf(answer: unknown): readonly unknown[] {
  if (typeof answer !== "object" || answer === null || !("errors" in answer)) return [];
  const errors: readonly unknown[] = Array.isArray(answer.errors) ? answer.errors : [];
  return errors;
}

/** Short, in the API's form, with a code of the list and the request's id, and nothing of the inside. */
function expectErrors({ body, headers }: Received): void {
  expect(body.length).toBeLessThan(20_000);
  expect(body).not.toMatch(/node_modules|\/src\/|at \w+ \(|SELECT |secret/);
  const errors = errorsOf(parse(body));
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(10);
  for (const error of errors) {
    const extensions = { code: expect.stringMatching(/^[A-Z_]+$/), requestId: headers["x-request-id"] };
    expect(error).toMatchObject({ message: expect.any(String), extensions });
    expect(error).not.toMatchObject({ extensions: { code: "INTERNAL_SERVER_ERROR" } });
  }
}

describe("a request for something else", () => {
  test.each([
    "/.env",
    "/.git/config",
    "/package.json",
    "/graphql/",
    "/graphql%00",
    "//evil.example/graphql",
    "/%2e%2e/package.json",
    "/%252e%252e/package.json",
    "/playground/../package.json",
    "/playground/%2e%2e%2fpackage.json",
    "/playground/..%5cpackage.json",
    "/playground/_graphiql/../../../package.json",
  ])("finds nothing at %s", async (path) => {
    const { status, headers, body } = await send(server.origin, { method: "GET", path });
    expect(status).toBe(404);
    expect(headers.location).toBeUndefined();
    expect(body).not.toContain("dependencies");
  });

  test("leads a browser from / to the playground, and tells a program where things are", async () => {
    const browser = await send(server.origin, { method: "GET", path: "/", headers: { accept: "text/html,*/*;q=0.8" } });
    expect([browser.status, browser.headers.location]).toEqual([303, "playground/"]);
    const program = await send(server.origin, { method: "GET", path: "/", headers: { accept: "*/*" } });
    expect([program.status, program.body]).toEqual([
      200,
      "ramgraph: the GraphQL API is at /graphql, the playground at /playground/\n",
    ]);
    expect((await send(server.origin, { method: "POST", path: "/", body: "{}" })).status).toBe(404);
  });

  test("learns that the process lives, and from which revision it answers", async () => {
    const live = await send(server.origin, { method: "GET", path: "/healthz" });
    const ready = await send(server.origin, { method: "GET", path: "/readyz" });
    expect([live.status, ready.status]).toEqual([200, 200]);
    expect(parse(ready.body)).toMatchObject({ status: "ready", revision: "1", trouble: null });
  });

  test("is told the methods it may use", async () => {
    const { status, headers } = await send(server.origin, { method: "OPTIONS" });
    expect([status, headers.allow]).toEqual([204, "GET, POST, OPTIONS"]);
  });
});

describe("headers", () => {
  test("of another origin are not answered to, and none of ours lets it in", async () => {
    for (const origin of ["https://evil.example", "null"]) {
      const { headers } = await send(
        server.origin,
        post(typename, { ...json, origin, "x-forwarded-host": "evil.example" }),
      );
      expect(JSON.stringify(headers)).not.toMatch(/access-control|evil/);
    }
  });

  test("keep answers from caches, frames and foreign pages", async () => {
    const { headers } = await ask(server.origin, "{__typename}");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
  });
});

describe("what is hardly HTTP", () => {
  test.each(rawRequests)("gets an answer and an end: %s", async (_, bytes, answer) => {
    expect(await sendRaw(server.origin, bytes)).toMatch(answer);
  });

  test("is answered once for each of two hundred requests at once, in their order", async () => {
    const paths = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? "/healthz" : "/nothing"));
    const sent = paths.map((path, at) => {
      const end = at === paths.length - 1 ? "connection: close\r\n" : "";
      return `GET ${path} HTTP/1.1\r\nhost: localhost\r\n${end}\r\n`;
    });
    const answer = await sendRaw(server.origin, sent.join(""));
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
    expect(statuses).toEqual(paths.map((path) => (path === "/healthz" ? "200" : "404")));
  });

  test("and what comes slowly is given up", async () => {
    expect(await sendRaw(server.origin, "POST /graphql HTTP/1.1\r\nhost: localhost\r\n")).toMatch(/^HTTP\/1.1 408 /);
  });
});
