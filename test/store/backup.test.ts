import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MigrationExecutor } from "typeorm";
import { MIGRATIONS } from "../../migrations/index.js";
import { addApiToken, listApiTokens } from "../../src/store/api-tokens.js";
import { listTables, ownTables } from "../../src/store/backup/own-tables.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { listImportRuns } from "../../src/store/import-runs.js";
import { migrate } from "../../src/store/migrate.js";
import { readTogether } from "../../src/store/transaction.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { backUp, digestsOf, restore, withOwnDatabase } from "./backups.js";
import { AUTHORIZATION_PAGE, account, ROLES_PAGE } from "./facts.js";
import { readInventory } from "./read-inventory.js";

const ID = "1234567890123456";
const token = {
  id: "0f1e2d3c4b5a6978",
  name: "dash\\board\t1\n",
  secretSha256: createHash("sha256").update("secret").digest("hex"),
  accountIds: [ID],
  mayExplore: true,
  createdAt: new Date("2026-01-02T03:04:05.678Z"),
  expiresAt: new Date("2027-01-02T03:04:05.678Z"),
  revokedAt: null,
};

let place: TestDatabase;
let db: Database;
let bytes: Buffer;

beforeAll(async () => {
  place = await createTestDatabase();
  db = await openDatabase(place.url);
  const originals = new Map([[AUTHORIZATION_PAGE.source.key, Buffer.from(Array.from({ length: 256 }, (_, at) => at))]]);
  await importCatalog(db, [AUTHORIZATION_PAGE, ROLES_PAGE], { originals });
  await importAccount(db, account(ID));
  await importAccount(db, account(ID, { memberships: [] }), { allowShrink: true });
  await addApiToken(db, token);
  bytes = await backUp(db);
});

afterAll(async () => {
  await closeDatabase(db);
  await place.drop();
});

test("a backup knows every table of ours", async () => {
  const tables = await readTogether(db, listTables);
  const names = tables.map(({ name }) => name).filter((name) => name !== "migration");
  const known = ownTables(db.dataSource);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(digestsOf(bytes)).toHaveLength(names.length);
});

describe("a restored database", () => {
  test("holds the same rows, to the byte, and goes on where the other was", async () => {
    await withOwnDatabase({ isEmpty: true }, async (copy) => {
      expect(await restore(copy, bytes)).toMatchObject({ revision: "3", migrated: [] });
      expect(digestsOf(await backUp(copy))).toEqual(digestsOf(bytes));
      expect(await readInventory(copy)).toEqual(await readInventory(db));
      expect(await listApiTokens(copy)).toEqual([token]);
      expect(await migrate(copy)).toEqual({ applied: [] });
      expect((await importAccount(copy, account(ID))).revision).toBe("4");
      expect((await listImportRuns(copy)).map(({ id }) => id)).toEqual(["4", "3", "2", "1"]);
      expect(await readInventory(copy, { revision: "2" })).toEqual(await readInventory(db, { revision: "2" }));
    });
  });

  test("takes the place of what was there, when that is wished", async () => {
    await withOwnDatabase({ isEmpty: false }, async (copy) => {
      await importAccount(copy, account("6543210987654321"));
      const before = await backUp(copy);
      await expect(restore(copy, bytes)).rejects.toThrow("the database holds something already");
      expect(digestsOf(await backUp(copy))).toEqual(digestsOf(before));
      await restore(copy, bytes, true);
      expect(digestsOf(await backUp(copy))).toEqual(digestsOf(bytes));
    });
  });

  test("is brought up to date from an older schema", async () => {
    await withOwnDatabase({ isEmpty: false }, async (old) => {
      await importAccount(old, account(ID));
      await old.dataSource.undoLastMigration();
      const older = await backUp(old);
      await withOwnDatabase({ isEmpty: true }, async (copy) => {
        const [last] = MIGRATIONS.map(({ name }) => name).slice(-1);
        expect(await restore(copy, older)).toMatchObject({ migrated: [last] });
        await migrate(old);
        expect(await readInventory(copy)).toEqual(await readInventory(old));
        expect(await new MigrationExecutor(copy.dataSource).getPendingMigrations()).toEqual([]);
      });
    });
  });

  test("may lie beside tables of others", async () => {
    await withOwnDatabase({ isEmpty: true }, async (copy) => {
      await copy.dataSource.query("CREATE TABLE theirs (id int); INSERT INTO theirs VALUES (1)");
      await restore(copy, bytes);
      expect(digestsOf(await backUp(copy))).toEqual(digestsOf(bytes));
      await restore(copy, bytes, true);
      expect(await copy.dataSource.query("SELECT * FROM theirs")).toEqual([{ id: 1 }]);
    });
  });
});

test("a backup is of one instant, whatever is written meanwhile", async () => {
  await withOwnDatabase({ isEmpty: false }, async (busy) => {
    let writing = true;
    const writer = (async () => {
      for (let round = 0; writing; round += 1) {
        await importAccount(busy, account(ID, round % 2 === 0 ? { memberships: [] } : {}), { allowShrink: true });
      }
    })();
    const backups: Buffer[] = [];
    for (let count = 0; count < 3; count += 1) backups.push(await backUp(busy));
    writing = false;
    await writer;
    for (const backup of backups.slice(1)) {
      await withOwnDatabase({ isEmpty: true }, async (copy) => {
        const { revision } = await restore(copy, backup);
        const [now, then] = [await readInventory(copy), await readInventory(busy, { revision })];
        expect({ ...now, sources: [], accounts: [] }).toEqual({ ...then, sources: [], accounts: [] });
      });
    }
  });
});

test("a database that a server uses is left alone", async () => {
  await withOwnDatabase({ isEmpty: false }, async (copy, url) => {
    const server = await openDatabase(url);
    await expect(restore(copy, bytes, true)).rejects.toThrow("the database is in use");
    await closeDatabase(server);
    expect(await restore(copy, bytes)).toMatchObject({ revision: "3" });
  });
});
