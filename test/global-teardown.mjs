import pg from "pg";

/** Drops the run's databases and lets go of the server; the last run to let go stops it. */
export default async function tearDown() {
  const client = new pg.Client({ connectionString: process.env.RAMGRAPH_TEST_SERVER });
  await client.connect();
  const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE $1", [
    `ramgraph\\_test\\_${process.pid}\\_%`,
  ]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} (FORCE)`);
  await client.end();
  await globalThis.ramgraphTestServer?.stop();
}
