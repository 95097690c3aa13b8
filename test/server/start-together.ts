import { expect } from "@jest/globals";
import { createTestDatabase } from "../database.js";
import { startServer } from "../ramgraph-process.js";
import { ask } from "./send.js";

/** Starts so many servers at once on an empty database: all must serve the same first revision. */
export async function startTogether(count: number): Promise<void> {
  const database = await createTestDatabase({ isEmpty: true });
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: "silent" };
  const servers = await Promise.all(Array.from({ length: count }, () => startServer(settings)));
  const answers = servers.map(async ({ origin }) => (await ask(origin, "{snapshot{revision}}")).body);
  for (const body of await Promise.all(answers)) expect(body).toContain('{"revision":"1"}');
  const ended = await Promise.all(servers.map(({ stop }) => stop()));
  expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 0));
  await database.drop();
}
