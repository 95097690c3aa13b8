import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { connectTimeoutOf } from "../../src/store/connect-timeout.js";
import { openDatabase } from "../../src/store/database.js";
import { DatabaseUnreachable } from "../../src/store/database-unreachable.js";
import { readRevision } from "../../src/store/read-revision.js";
import { readTogether, writeTogether } from "../../src/store/transaction.js";
import { watchRevisions } from "../../src/store/watch-revisions.js";
import { createTestDatabase } from "../database.js";
import { withDatabase } from "./open.js";

const LIMITS = "'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'";
const LEAVE =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
const WRITE = "UPDATE service SET name = name WHERE false";

/** Gives up long before the watch below would look without having been told. */
async function until(isTrue: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 20_000;
  while (!isTrue() && Date.now() < deadline) await sleep(5);
  return isTrue();
}

describe("a database that cannot be used is one sentence without the password", () => {
  test.each([
    [
      "nobody listens",
      "postgres://me:s3cret@127.0.0.1:1/x",
      /^cannot reach the database at 127\.0\.0\.1:1\/x: .*ECONNREFUSED.*; check/,
    ],
    [
      "no such host",
      "postgres://me:s3cret@no-such-host.invalid/x",
      /no-such-host\.invalid:5432\/x: .*(ENOTFOUND|EAI_AGAIN)/,
    ],
    ["no URL", "s3cret", /an address that is no URL/],
  ])("%s", async (_, url, message) => {
    const opening = openDatabase(url);
    await expect(opening).rejects.toThrow(DatabaseUnreachable);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.not.toThrow(/s3cret/);
  });

  test.each([
    ["as the address says", "?connect_timeout=1", 1_000],
    ["for no limit", "?connect_timeout=0", 0],
    ["for what usually is enough", "", 5_000],
    ["for what usually is enough where the address says no number of seconds", "?connect_timeout=1m", 5_000],
    ["for what usually is enough where there is no address", undefined, 5_000],
  ])("opening waits %s", (_, query, milliseconds) => {
    expect(connectTimeoutOf(query === undefined ? "s3cret" : `postgres://me@127.0.0.1:1/x${query}`)).toBe(milliseconds);
  });

  test("nobody answers, for a second", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const opening = openDatabase(`postgres://me:s3cret@127.0.0.1:${port}/x?connect_timeout=1`);
    await expect(opening).rejects.toThrow(/timeout/);
    silent.close();
  });

  test("the password is wrong, or the database is missing", async () => {
    const place = await createTestDatabase();
    const wrong = new URL(place.url);
    wrong.password = "s3cret";
    await expect(openDatabase(wrong.href)).rejects.toThrow(/password authentication failed/);
    await place.drop();
    await expect(openDatabase(place.url)).rejects.toThrow(/does not exist/);
  });
});

describe("connections", () => {
  const at = withDatabase();

  test("that the server ends leave the process and the pool alive", async () => {
    await Promise.all(Array.from({ length: 4 }, () => readRevision(at.db)));
    await at.db.dataSource.query(LEAVE);
    await sleep(50);
    expect(await readRevision(at.db)).toMatchObject({ revision: "0" });
  });

  test("have limits of time, and a name", async () => {
    const rows = await at.db.dataSource.query<object[]>(
      `SELECT name FROM pg_settings WHERE setting <> '0' AND name IN (${LIMITS}, 'application_name')`,
    );
    // A pooler that lends connections out for one transaction would refuse limits that come with a connection.
    expect(rows).toEqual([{ name: "application_name" }]);
    const read = await readTogether(at.db, (transaction) =>
      transaction.query(`SELECT name FROM pg_settings WHERE setting <> '0' AND name IN (${LIMITS})`),
    );
    const write = await writeTogether(at.db, (transaction) =>
      transaction.query(`SELECT name FROM pg_settings WHERE setting <> '0' AND name IN (${LIMITS})`),
    );
    expect([read, write]).toMatchObject([{ length: 3 }, { length: 3 }]);
  });
});

describe("the change feed", () => {
  const at = withDatabase();

  test("tells the present revision, each newer one at once, and goes on after its connection is lost", async () => {
    const seen: string[] = [];
    const troubles: Error[] = [];
    const watch = watchRevisions(at.url, ({ revision }) => seen.push(revision), {
      pollMs: 60_000,
      onTrouble: (reason) => troubles.push(reason),
    });
    expect(await until(() => seen.length === 1)).toBe(true);
    await at.db.dataSource.query(WRITE);
    expect(await until(() => seen.length === 2)).toBe(true);
    await at.db.dataSource.query(LEAVE);
    await at.db.dataSource.query(WRITE);
    expect(await until(() => seen.length === 3)).toBe(true);
    expect(troubles).toHaveLength(1);
    await watch.stop();
    await at.db.dataSource.query(WRITE);
    await sleep(50);
    expect(seen).toEqual(["0", "1", "2"]);
  });

  test("finds a revision without any notice by looking", async () => {
    const seen: string[] = [];
    const watch = watchRevisions(at.url, ({ revision }) => seen.push(revision), { pollMs: 20 });
    expect(await until(() => seen.length === 1)).toBe(true);
    await at.db.dataSource.query("INSERT INTO revision_log VALUES (1000, now())");
    expect(await until(() => seen.length === 2)).toBe(true);
    await watch.stop();
  });

  test("waits for a server that is away, without an end of the process", async () => {
    const troubles: Error[] = [];
    const gone = "postgres://me:s3cret@127.0.0.1:1/x";
    const watch = watchRevisions(gone, () => undefined, { onTrouble: (reason) => troubles.push(reason) });
    expect(await until(() => troubles.length >= 2)).toBe(true);
    await watch.stop();
  });
});
