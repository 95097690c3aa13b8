import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";

/**
 * One Postgres for the whole run: that of `DATABASE_URL`, else the embedded one, kept between runs so that it starts
 * at once and a killed run leaves nothing that the next does not take over. A migrated template database is copied for
 * every test file (see database.ts).
 */
export default async function setUp() {
  await import("@oxc-node/core/register");
  process.env.RAMGRAPH_TEST_RUN = `${process.pid} ${Date.now()}`;
  const url = patient(process.env.DATABASE_URL ?? (await startServer()));
  process.env.RAMGRAPH_TEST_SERVER = url;
  process.env.RAMGRAPH_TEST_TEMPLATE = await makeTemplate(url);
}

/** A machine that runs many tests at once may take long to open a connection. */
function patient(url) {
  const address = new URL(url);
  address.searchParams.set("connect_timeout", "60");
  return address.href;
}

async function startServer() {
  const { startEmbeddedPostgres } = await import("../src/store/embedded/start-embedded-postgres.ts");
  const dataDir = fileURLToPath(new URL("../node_modules/.cache/ramgraph-test", import.meta.url));
  await mkdir(dataDir, { recursive: true });
  const server = await startEmbeddedPostgres({ dataDir, isDurable: false, log: () => undefined });
  globalThis.ramgraphTestServer = server;
  return server.url;
}

async function makeTemplate(url) {
  const { closeDatabase, openDatabase } = await import("../src/store/database.ts");
  const { migrate } = await import("../src/store/migrate.ts");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await dropLeftovers(client);
  const name = `ramgraph_test_${process.pid}_template`;
  await client.query(`DROP DATABASE IF EXISTS ${name}`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  const db = await openDatabase(address.href);
  await migrate(db);
  await closeDatabase(db);
  return name;
}

/** Databases of runs that were killed; their names hold the number of the process. */
async function dropLeftovers(client) {
  const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'ramgraph\\_test\\_%'");
  for (const { datname } of rows) {
    if (!isRunning(Number(datname.split("_")[2]))) await client.query(`DROP DATABASE IF EXISTS ${datname} (FORCE)`);
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
