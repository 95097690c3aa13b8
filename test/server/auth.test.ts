import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { type MintedToken, mintToken } from "../../src/app/mint-token.js";
import { revokeToken } from "../../src/app/run-tokens.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, runCommand, startServer } from "../ramgraph-process.js";
import { type Issuer, soon, startIssuer } from "./issuer.js";
import { CLAIMS, refusedTokens } from "./refused-tokens.js";
import { parse, type Received, send, sendRaw } from "./send.js";

const SHOP = "1200000000000012";
const LAB = "1300000000000013";

let database: TestDatabase;
let db: Database;
let issuer: Issuer;
let server: RunningServer;

const json = { "content-type": "application/json" };
const settings = () => ({
  DATABASE_URL: database.url,
  RAMGRAPH_AUTH: "tokens,oidc",
  RAMGRAPH_OIDC_ISSUER: issuer.url,
  RAMGRAPH_OIDC_AUDIENCE: issuer.audience,
  RAMGRAPH_INTROSPECTION: "explorers",
});

beforeAll(async () => {
  [database, issuer] = await Promise.all([createTestDatabase(), startIssuer()]);
  expect(await runCommand(["demo"], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
  server = await startServer(settings());
  db = await openDatabase(database.url);
});

afterAll(async () => {
  const { code } = await server.stop();
  await closeDatabase(db);
  await issuer.close();
  await database.drop();
  expect(code).toBe(0);
});

async function askAs(authorization: string | undefined, query: string): Promise<Received> {
  const headers = { ...json, ...(authorization !== undefined && { authorization }) };
  return await send(server.origin, { headers, body: JSON.stringify({ query }) });
}

const WHO = "{ viewer { name accountIds seesAllAccounts } accounts { nodes { accountId } } }";

async function queryDatabase(sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

const run = (...args: readonly string[]) => runCommand(["token", ...args], { DATABASE_URL: database.url });

async function createToken(...flags: readonly string[]): Promise<MintedToken> {
  const { code, stdout, stderr } = await run("create", "--json", ...flags);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return parse(stdout) as MintedToken;
}

/** What the command does, without the second that it takes to start. */
async function mint(name: string): Promise<MintedToken> {
  return await mintToken(db, { name, accountIds: null, mayExplore: false, lifetime: 3_600 });
}

describe("an API token", () => {
  test("shows its holder, and the accounts that it names", async () => {
    const { token } = await createToken("--name", "till dashboard", "--accounts", SHOP);
    const { status, body } = await sleepUntilKnown(token, WHO);
    expect({ status, body: parse(body) }).toMatchObject({
      status: 200,
      body: {
        data: {
          viewer: { name: "till dashboard", accountIds: [SHOP], seesAllAccounts: false },
          accounts: { nodes: [{ accountId: SHOP }, { accountId: "catalog" }] },
        },
      },
    });
  });

  test("is worth nothing soon after it was revoked", async () => {
    const { id, token } = await createToken("--name", "short", "--all-accounts");
    expect((await sleepUntilKnown(token, WHO)).status).toBe(200);
    expect(await run("revoke", id)).toMatchObject({ code: 0 });
    // The jest timeout ends this if it never happens; how soon it does is measured where the machine is idle.
    while ((await askAs(`Bearer ${token}`, WHO)).status !== 401) await sleep(100);
    expect(await run("revoke", id)).toMatchObject({ code: 1 });
  });

  test("is listed without what proves it, and the database holds only a digest", async () => {
    const { id, token } = await createToken(
      "--name",
      "secret keeper",
      "--accounts",
      `${SHOP},${LAB}`,
      "--expires",
      "1h",
    );
    const secret = token.slice(-43);
    const { stdout } = await run("list", "--json");
    expect(stdout).toContain(`"id":"${id}","name":"secret keeper","accountIds":["${SHOP}","${LAB}"]`);
    expect(stdout).not.toContain(secret);
    const rows = JSON.stringify(await queryDatabase("SELECT * FROM api_token"));
    expect(rows).toContain(id);
    expect(rows).not.toContain(secret);
  });

  test("is worth nothing once it has expired, and is listed as such", async () => {
    const { id, token } = await mint("late");
    expect((await sleepUntilKnown(token, WHO)).status).toBe(200);
    await queryDatabase(`UPDATE api_token SET expires_at = now() WHERE id = '${id}'`);
    while ((await askAs(`Bearer ${token}`, WHO)).status !== 401) await sleep(100);
    const { stdout } = await run("list", "--json");
    expect(stdout).toMatch(new RegExp(`"id":"${id}"[^}]*"state":"EXPIRED"`));
  });

  test("is replaced without a gap: the next one works beside the former until that is revoked", async () => {
    const [former, next] = [await mint("turn"), await mint("turn")];
    const statuses = async () =>
      await Promise.all([former, next].map(async ({ token }) => (await askAs(`Bearer ${token}`, WHO)).status));
    await sleepUntilKnown(next.token, WHO);
    expect(await statuses()).toEqual([200, 200]);
    await revokeToken(db, former.id);
    while ((await statuses())[0] !== 401) await sleep(100);
    expect(await statuses()).toEqual([401, 200]);
  });

  test("with one letter of its secret changed, or cut short, or prolonged, is worth nothing", async () => {
    const { token } = await mint("near");
    await sleepUntilKnown(token, WHO);
    const near = [
      token.slice(0, -1),
      `${token}A`,
      token.replace(/.$/, (one) => (one === "A" ? "E" : "A")),
      token.toUpperCase(),
    ];
    for (const text of near) expect([text, (await askAs(`Bearer ${text}`, WHO)).status]).toEqual([text, 401]);
  });

  test.each([
    [["--name", "x"], 2, /either --accounts with ids, or --all-accounts/],
    [["--name", "x", "--accounts", "1", "--all-accounts"], 2, /either --accounts/],
    [["--name", "x", "--accounts", "__proto__"], 1, /`__proto__` is no account id/],
    [["--name", "a\u200bb", "--all-accounts"], 1, /visible characters/],
    [["--name", "x", "--all-accounts", "--expires", "0d"], 2, /a whole number and a unit, h, d, w or y/],
  ])("is not made of %j", async (flags, code, message) => {
    const ended = await run("create", ...flags);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });

  /** A server reads new tokens twice a second. */
  async function sleepUntilKnown(token: string, query: string): Promise<Received> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const answer = await askAs(`Bearer ${token}`, query);
      if (answer.status !== 401 || Date.now() > deadline) return answer;
      await sleep(100);
    }
  }
});

describe("a JSON Web Token", () => {
  test("of the issuer is taken, and says what its bearer sees", async () => {
    const token = await issuer.sign({ sub: "Mia", ramgraph_accounts: [LAB] });
    expect(parse((await askAs(`Bearer ${token}`, WHO)).body)).toMatchObject({
      data: {
        viewer: { name: "Mia", accountIds: [LAB] },
        accounts: { nodes: [{ accountId: LAB }, { accountId: "catalog" }] },
      },
    });
  });

  test.each(CLAIMS)("with %s", async (_, { exp, nbf, ...claims }, status) => {
    const times = { ...(exp !== undefined && { exp: soon(exp) }), ...(nbf !== undefined && { nbf: soon(nbf) }) };
    const token = await issuer.sign({ ...claims, ...times });
    expect((await askAs(`Bearer ${token}`, WHO)).status).toBe(status);
  });

  test.each(refusedTokens(() => issuer))("%s is refused, in the same words as any other", async (_, make) => {
    const { status, body, headers } = await askAs(`Bearer ${await make()}`, WHO);
    const { errors } = parse(body) as { errors: { message: string; extensions: object }[] };
    expect({ status, challenge: headers["www-authenticate"] }).toEqual({
      status: 401,
      challenge: 'Bearer realm="ramgraph"',
    });
    expect(errors).toEqual([
      {
        message: "send a valid token as `authorization: Bearer …`",
        extensions: { code: "UNAUTHENTICATED", requestId: expect.any(String) },
      },
    ]);
  });
});

describe("the door", () => {
  test.each([
    ["nothing", undefined],
    ["another scheme", "Basic dXNlcjpwYXNz"],
    ["no token", "Bearer "],
    ["two tokens", "Bearer a b"],
    ["an API token that nobody made", `Bearer ramgraph_${"0".repeat(16)}_${"A".repeat(43)}`],
  ])("stays shut for %s", async (_, authorization) => {
    expect((await askAs(authorization, WHO)).status).toBe(401);
  });

  test("takes no token from a cookie or the address", async () => {
    const token = await issuer.sign();
    const cookie = await send(server.origin, {
      headers: { ...json, cookie: `token=${token}` },
      body: JSON.stringify({ query: WHO }),
    });
    const address = await send(server.origin, {
      path: `/graphql?access_token=${token}`,
      headers: json,
      body: JSON.stringify({ query: WHO }),
    });
    expect([cookie.status, address.status]).toEqual([401, 401]);
  });

  test("stays shut for two headers, also where both are right", async () => {
    const tokens = [await issuer.sign(), await issuer.sign({ sub: "b" })];
    const head = ["POST /graphql HTTP/1.1", "host: localhost", "content-type: application/json", "connection: close"];
    const body = JSON.stringify({ query: WHO });
    const headers = [
      ...head,
      ...tokens.map((token) => `authorization: Bearer ${token}`),
      `content-length: ${body.length}`,
    ];
    expect(await sendRaw(server.origin, `${headers.join("\r\n")}\r\n\r\n${body}`)).toMatch(/^HTTP\/1.1 401 /);
  });

  test.each([
    ["nobody", () => undefined, 401],
    ["whoever sees one account", () => issuer.sign({ ramgraph_accounts: [LAB] }), 403],
    ["whoever sees all", () => issuer.sign(), 200],
  ])("answers %s who asks for metrics as it must", async (_, make, status) => {
    const token = await make();
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const { status: given, body } = await send(server.origin, { method: "GET", path: "/metrics", headers });
    expect([given, body.includes("graphql_")]).toEqual([status, status === 200]);
  });

  test("leaves health to everybody", async () => {
    expect((await send(server.origin, { method: "GET", path: "/healthz" })).status).toBe(200);
  });

  test.each([
    ["an explorer", { scope: "openid ramgraph.explore" }, 200],
    ["anybody else", {}, 403],
  ])("opens introspection to %s as the settings say", async (_, more, status) => {
    const token = await issuer.sign(more);
    expect((await askAs(`Bearer ${token}`, "{ __schema { queryType { name } } }")).status).toBe(status);
  });

  test("hears nothing of fields that come near, where the schema is not theirs to read", async () => {
    const { body } = await askAs(
      `Bearer ${await issuer.sign()}`,
      "{ rolez { nodes { name } } roles { nodez { name } } }",
    );
    expect(body).toContain('"code":"GRAPHQL_VALIDATION_FAILED"');
    expect(body).not.toMatch(/did you mean/i);
  });

  test("gives each bearer so much a minute, tells what is left, and leaves others alone", async () => {
    const [greedy, modest] = await Promise.all(
      ["greedy", "modest"].map(async (sub) => `Bearer ${await issuer.sign({ sub })}`),
    );
    // Priced at the most that is allowed, and refused by the field afterwards.
    const ids = Array.from({ length: 19_999 }, () => "x");
    const body = JSON.stringify({ query: "query($ids:[ID!]!){nodes(ids:$ids){id}}", variables: { ids } });
    const askGreedily = () => send(server.origin, { headers: { ...json, authorization: greedy ?? "" }, body });
    const first = await askGreedily();
    expect(parse(first.body)).toMatchObject({
      extensions: { cost: { requested: 20_000, limit: 20_000, remaining: 580_000, resetAt: expect.any(String) } },
    });
    let last = first;
    // Each spends what comes back in two seconds, so this ends on any machine.
    while (last.status === 200) last = await askGreedily();
    expect(last.status).toBe(429);
    expect(last.headers["retry-after"]).toMatch(/^[12]$/);
    const extensions = { code: "RATE_LIMITED", cost: 20_000, resetAt: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(parse(last.body)).toMatchObject({ errors: [{ extensions }] });
    expect((await askAs(modest, WHO)).status).toBe(200);
  });
});
