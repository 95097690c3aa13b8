import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MIGRATIONS } from "../../migrations/index.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { migrate, revertMigrations } from "../../src/store/migrate.js";
import { createTestDatabase, type TestDatabase } from "../database.js";

const NAMES = MIGRATIONS.map((migration) => migration.name);

/** Everything that the migrations could leave behind. */
const LEFT = `
  SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname !~ '^migration'
  UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`;

describe("migrations", () => {
  let place: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    place = await createTestDatabase({ isEmpty: true });
    db = await openDatabase(place.url);
  });

  afterAll(async () => {
    await closeDatabase(db);
    await place.drop();
  });

  test("go up, down without a trace, and up again", async () => {
    expect(await migrate(db)).toEqual({ applied: NAMES });
    await revertMigrations(db);
    expect(await db.dataSource.query(LEFT)).toEqual([]);
    expect(await migrate(db)).toEqual({ applied: NAMES });
    expect(await migrate(db)).toEqual({ applied: [] });
  });

  test("make exactly the schema that the entities declare", async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test("leave no constraint and no index without a name of ours", async () => {
    const rows = await db.dataSource.query<{ name: string }[]>(`
      SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
      UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'`);
    const names = rows.map(({ name }) => name);
    expect(names.filter((name) => /(_pkey|_fkey|_key|_check|_idx|_excl)$/.test(name))).toEqual([]);
  });

  test("compare every identifier by its bytes", async () => {
    const rows = await db.dataSource.query<{ name: string }[]>(`
      SELECT conrelid::regclass::text || '.' || attname AS name
      FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
      WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace AND conrelid <> 'migration'::regclass
        AND atttypid = 'text'::regtype AND attcollation <> '"C"'::regcollation`);
    expect(rows).toEqual([]);
  });

  test("succeed for eight servers that start at once on an empty database", async () => {
    const empty = await createTestDatabase({ isEmpty: true });
    const servers = await Promise.all(Array.from({ length: 8 }, () => openDatabase(empty.url)));
    const results = await Promise.all(servers.map(migrate));
    expect(results.flatMap(({ applied }) => applied)).toEqual(NAMES);
    await Promise.all(servers.map(closeDatabase));
    await empty.drop();
  });
});
