import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createTestDatabase } from "../database.js";
import { startServer } from "../ramgraph-process.js";
import { startIssuer } from "../server/issuer.js";
import { send } from "../server/send.js";

test("a running server takes a new key of the issuer half a minute after it last fetched keys", async () => {
  const [database, issuer] = await Promise.all([createTestDatabase(), startIssuer()]);
  const server = await startServer({
    DATABASE_URL: database.url,
    RAMGRAPH_AUTH: "oidc",
    RAMGRAPH_OIDC_ISSUER: issuer.url,
    RAMGRAPH_OIDC_AUDIENCE: issuer.audience,
  });
  const statusOf = async () => {
    const authorization = `Bearer ${await issuer.sign()}`;
    const headers = { "content-type": "application/json", authorization };
    return (await send(server.origin, { headers, body: JSON.stringify({ query: "{ viewer { name } }" }) })).status;
  };
  expect(await statusOf()).toBe(200);
  await issuer.rotate();
  expect(await statusOf()).toBe(401);
  await sleep(31_000);
  expect(await statusOf()).toBe(200);
  await server.stop();
  await issuer.close();
  await database.drop();
});
