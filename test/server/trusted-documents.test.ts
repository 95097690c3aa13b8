import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { json, post, preflight } from "./hostile-requests.js";
import { ask, parse, type Received, send } from "./send.js";

const PORTAL = "https://portal.example.com";
const SHIPPED = await readFile(join(import.meta.dirname, "../../schema/operations/44-role-by-arn.graphql"), "utf8");
const VARIABLES = parse(
  await readFile(join(import.meta.dirname, "../../schema/operations/44-role-by-arn.variables.json"), "utf8"),
);
const OWN = "query CountRoles { roles { totalCount } snapshot { revision } }";
const STATE = "query State { snapshot { revision trouble } }";
const PAST = 'query Past { roles(at: { revision: "1" }) { totalCount } }';
const BROKEN = "query Broken($role: ID!) { node(id: $role) { id ... on Role { nothingOfTheKind } } }";

const pathOf = (parameters: Readonly<Record<string, string>>) =>
  `/graphql?${new URLSearchParams(parameters).toString()}`;
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const idOf = (text: string) => `sha256:${hash(text)}`;
const apollo = (text: string, more: object = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash(text), ...more } },
});

let folder: string;
let database: TestDatabase;
/** Answers everything; the other one only what is trusted. */
let server: RunningServer;
let strict: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-trusted-"));
  await Promise.all([
    writeFile(join(folder, "count.graphql"), OWN),
    writeFile(join(folder, "state.graphql"), STATE),
    writeFile(join(folder, "past.graphql"), PAST),
    writeFile(join(folder, "notes.txt"), "not a document"),
  ]);
  database = await createTestDatabase();
  const settings = { DATABASE_URL: database.url, RAMGRAPH_TRUSTED_DOCUMENTS: folder, RAMGRAPH_CORS_ORIGINS: PORTAL };
  [server, strict] = await Promise.all([
    startServer(settings),
    startServer({ ...settings, RAMGRAPH_ONLY_TRUSTED: "true" }),
  ]);
});

afterAll(async () => {
  await Promise.all([server.stop(), strict.stop()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

const postTo = ({ origin }: RunningServer, body: object) => send(origin, post(JSON.stringify(body)));

function get(parameters: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  return send(server.origin, { method: "GET", path: pathOf(parameters), headers: { ...preflight, ...headers } });
}

const codeOf = ({ status, body }: Received) => [status, /"code":"(\w+)"/.exec(body)?.[1]];

describe("a trusted document", () => {
  test.each<[string, object]>([
    ["by the id of GraphQL over HTTP", { documentId: idOf(OWN) }],
    ["by the hash of Apollo's clients", apollo(OWN)],
    ["by its hash beside its text", { query: OWN, ...apollo(OWN) }],
    ["by its text alone", { query: OWN }],
  ])("is answered %s, also where nothing else is", async (_, body) => {
    for (const each of [server, strict]) {
      const { status, body: text } = await postTo(each, body);
      expect({ status, answer: parse(text) }).toMatchObject({
        status: 200,
        answer: { data: { roles: { totalCount: expect.any(Number) }, snapshot: { revision: "1" } } },
      });
    }
  });

  test("is each of the shipped examples, and takes variables and its operation's name", async () => {
    const asked = { documentId: idOf(SHIPPED), variables: VARIABLES, operationName: "RoleByArn" };
    const { body } = await postTo(strict, asked);
    expect(body).toMatch(/^\{"data":\{"byArn":\{/);
    expect((await get({ documentId: idOf(SHIPPED), variables: JSON.stringify(VARIABLES) })).body).toBe(body);
  });

  test.each<[string, object, string]>([
    ["an id that nobody has", { documentId: idOf("{x}") }, "PERSISTED_QUERY_NOT_FOUND"],
    ["a hash that nobody has", apollo("{x}"), "PERSISTED_QUERY_NOT_FOUND"],
    ["an id without its kind", { documentId: hash(OWN) }, "BAD_REQUEST"],
    ["an id in capitals", { documentId: idOf(OWN).toUpperCase() }, "BAD_REQUEST"],
    ["an id that is a name", { documentId: "sha256:__proto__" }, "BAD_REQUEST"],
    ["an id that is no text", { documentId: [idOf(OWN)] }, "BAD_REQUEST"],
    ["another version", apollo(OWN, { version: 2 }), "BAD_REQUEST"],
    ["a hash that is no hash", apollo(OWN, { sha256Hash: "../../etc/passwd" }), "BAD_REQUEST"],
    ["a hash that is not that of the text", { query: "{__typename}", ...apollo(OWN) }, "BAD_REQUEST"],
    ["two names", { documentId: idOf(OWN), ...apollo(OWN) }, "BAD_REQUEST"],
  ])("is not found by %s", async (_, body, code) => {
    for (const each of [server, strict]) expect(codeOf(await postTo(each, body))).toEqual([400, code]);
  });

  test("is not made by sending one: what is sent with its hash stays unknown", async () => {
    const text = "{ __typename }";
    expect((await postTo(server, { query: text, ...apollo(text) })).status).toBe(200);
    expect(codeOf(await postTo(server, apollo(text)))).toEqual([400, "PERSISTED_QUERY_NOT_FOUND"]);
    expect((await postTo(server, apollo(text))).body).toContain('"message":"PersistedQueryNotFound"');
  });

  test.each(["{__typename}", `${OWN} `, "{__schema{queryType{name}}}"])(
    "is all that a strict server answers: not %s",
    async (query) => {
      expect(codeOf(await ask(strict.origin, query))).toEqual([400, "PERSISTED_QUERY_NOT_FOUND"]);
      expect((await ask(server.origin, query)).status).toBe(200);
    },
  );

  test("is listed with its digest, without a database", async () => {
    const settings = { RAMGRAPH_TRUSTED_DOCUMENTS: folder };
    const { code, stdout } = await runCommand(["operations"], settings);
    expect(code).toBe(0);
    expect(stdout).toContain(`${idOf(OWN)}  CountRoles  ${join(folder, "count.graphql")}\n`);
    expect(stdout).toContain(`${idOf(SHIPPED)}  RoleByArn\n`);
    const { stdout: text } = await runCommand(["operations", "--json"], settings);
    expect(parse(text)).toContainEqual({
      documentId: idOf(OWN),
      operations: ["CountRoles"],
      file: join(folder, "count.graphql"),
      text: OWN,
    });
  });

  test("that the schema does not answer keeps the server from starting, naming file and place", async () => {
    const other = await mkdtemp(join(folder, "broken-"));
    await Promise.all([
      writeFile(join(other, "a.graphql"), BROKEN),
      writeFile(join(other, "b.graphql"), "query {"),
      writeFile(join(other, "c.graphql"), Buffer.from([0x7b, 0xff, 0x7d])),
    ]);
    const { code, stderr } = await runCommand(["operations"], { RAMGRAPH_TRUSTED_DOCUMENTS: other });
    expect(code).toBe(3);
    expect(stderr).toMatch(/a\.graphql:1:63: Cannot query field "nothingOfTheKind"/);
    expect(stderr).toMatch(/b\.graphql:1:8: Syntax Error/);
    expect(stderr).toMatch(/c\.graphql: /);
    const missing = await runCommand(["operations"], { RAMGRAPH_TRUSTED_DOCUMENTS: join(folder, "none") });
    expect([missing.code, missing.stderr]).toEqual([3, expect.stringMatching(/names a folder that cannot be read/)]);
  });
});

describe("an answer that the client holds", () => {
  const asked = { documentId: idOf(OWN) };

  test("is not sent again until there is a new revision", async () => {
    const first = await get(asked);
    const etag = String(first.headers.etag);
    expect(first.headers).toMatchObject({
      etag: expect.stringMatching(/^W\/"[\w-]{43}"$/),
      "cache-control": "private, no-cache",
      vary: "accept, authorization, origin",
    });
    const again = await get(asked, { "if-none-match": `"other", ${etag}` });
    expect([again.status, again.body, again.headers.etag]).toEqual([304, "", etag]);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("UPDATE service SET name = name || '.' WHERE code = 'mns'");
    await client.end();
    await ask(server.origin, '{snapshot(at:{minRevision:"2"}){revision}}');
    const later = await get(asked, { "if-none-match": etag });
    expect([later.status, later.body]).toEqual([200, expect.stringContaining('"revision":"2"')]);
    expect(later.headers.etag).not.toBe(etag);
  });

  test("is another one with other variables, another document or another form", async () => {
    const tag = async (parameters: Readonly<Record<string, string>>, accept = "application/json") =>
      (await get(parameters, { accept })).headers.etag;
    const tags = await Promise.all([
      tag(asked),
      tag(asked, "application/graphql-response+json"),
      tag({ documentId: idOf(SHIPPED), variables: JSON.stringify(VARIABLES) }),
      tag({ documentId: idOf(SHIPPED), variables: '{"arn":"acs:ram::1:role/x"}' }),
    ]);
    expect(new Set(tags).size).toBe(4);
    expect(tags).not.toContain(undefined);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["that is an error", { documentId: idOf(SHIPPED), variables: '{"arn":"nonsense"}' }],
    ["that lacks its variables", { documentId: idOf(SHIPPED) }],
    ["that changes without a new revision", { documentId: idOf(STATE) }],
    ["of an older revision, which may be erased or pruned", { documentId: idOf(PAST) }],
    ["to a document that is not trusted", { query: "{__typename}" }],
  ])("has no tag when it is one %s", async (_, parameters) => {
    const { headers } = await get(parameters);
    expect([headers.etag, headers["cache-control"]]).toEqual([undefined, "no-store"]);
  });

  test("is not told to a page that cannot have asked for it", async () => {
    const etag = String((await get(asked)).headers.etag);
    const headers = { "if-none-match": etag };
    const bare = await send(server.origin, { method: "GET", path: pathOf(asked), headers });
    expect(bare.status).toBe(400);
  });
});

describe("a page of another origin", () => {
  const preflightOf = (origin: string) => ({
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
  });

  test("that the operator named may ask, and read the answer", async () => {
    const allowed = await send(server.origin, preflightOf(PORTAL));
    expect([allowed.status, allowed.headers["access-control-allow-origin"]]).toEqual([204, PORTAL]);
    expect(allowed.headers["access-control-allow-headers"]).toMatch(/authorization, content-type/);
    const headers = { ...json, origin: PORTAL };
    const answer = await send(server.origin, post('{"query":"{__typename}"}', headers));
    expect(answer.headers).toMatchObject({ "access-control-allow-origin": PORTAL, vary: "origin" });
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
    const refused = await send(server.origin, post("{", headers));
    expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([400, PORTAL]);
  });

  test.each(["https://evil.example", "https://portal.example.com.evil.example", "http://portal.example.com", "null"])(
    "is not let in: %s",
    async (origin) => {
      for (const request of [preflightOf(origin), post('{"query":"{__typename}"}', { ...json, origin })]) {
        const { headers } = await send(server.origin, request);
        expect(JSON.stringify(headers)).not.toContain("access-control");
        expect(headers.vary).toBe("origin");
      }
    },
  );

  test("finds only questions open to it", async () => {
    const { headers } = await send(server.origin, { method: "GET", path: "/readyz", headers: { origin: PORTAL } });
    expect(JSON.stringify(headers)).not.toContain("access-control");
  });
});
