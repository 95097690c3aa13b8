import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type RunningServer, startServer } from "../ramgraph-process.js";
import { type Issuer, startIssuer } from "./issuer.js";
import { type Received, send } from "./send.js";

let database: TestDatabase;
let issuer: Issuer;

beforeAll(async () => {
  [database, issuer] = await Promise.all([createTestDatabase(), startIssuer()]);
});

afterAll(async () => {
  await issuer.close();
  await database.drop();
});

async function startGuarded(issuerUrl: string): Promise<RunningServer> {
  return await startServer({
    DATABASE_URL: database.url,
    RAMGRAPH_AUTH: "oidc",
    RAMGRAPH_OIDC_ISSUER: issuerUrl,
    RAMGRAPH_OIDC_AUDIENCE: issuer.audience,
  });
}

async function askAs({ origin }: RunningServer, token: string): Promise<Received> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return await send(origin, { headers, body: JSON.stringify({ query: "{ viewer { name } }" }) });
}

describe("the door", () => {
  test("opens to a new key of the issuer, and no longer to a former one, once the server has started anew", async () => {
    const former = await issuer.sign({ sub: "former" });
    await issuer.rotate();
    const server = await startGuarded(issuer.url);
    expect((await askAs(server, await issuer.sign({ sub: "new" }))).status).toBe(200);
    expect((await askAs(server, former)).status).toBe(401);
    await server.stop();
  });

  test("says that the issuer is away to who asks, and why to the operator", async () => {
    const lonely = await startGuarded("http://127.0.0.1:1");
    const { status, body } = await askAs(lonely, await issuer.sign());
    const { stderr } = await lonely.stop();
    expect(status).toBe(503);
    expect(body).toContain("the issuer of tokens cannot be reached; try again soon");
    expect(body).not.toContain("127.0.0.1");
    expect(stderr).toMatch(/"issuer":"http:\/\/127\.0\.0\.1:1","reason":"[^"]+","msg":"the issuer of tokens/);
  });
});
