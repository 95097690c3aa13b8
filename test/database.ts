import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database of a test file's own on the run's server. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a migrated database, or, with `isEmpty`, one without any table. */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const template = setting("RAMGRAPH_TEST_TEMPLATE");
  const name = `${template.replace("template", "")}${randomBytes(6).toString("hex")}`;
  // Copying files is faster than logging them, and a test's database need not survive a crash.
  await administer(`CREATE DATABASE ${name} TEMPLATE ${isEmpty ? "template0" : template} STRATEGY file_copy`);
  const url = new URL(setting("RAMGRAPH_TEST_SERVER"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE IF EXISTS ${name} (FORCE)`) };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: setting("RAMGRAPH_TEST_SERVER") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run tests by \`npm test\`, which starts a server`);
  return value;
}
