import { afterAll, beforeAll } from "@jest/globals";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { createTestDatabase, type TestDatabase } from "../database.js";

/** Gives the tests of a file a migrated database of their own. */
export function withDatabase(): { readonly db: Database; readonly url: string } {
  let place: TestDatabase | undefined;
  let db: Database | undefined;
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("the database is open only while tests run");
    return value;
  };
  beforeAll(async () => {
    place = await createTestDatabase();
    db = await openDatabase(place.url);
  });
  afterAll(async () => {
    await closeDatabase(opened(db));
    await opened(place).drop();
  });
  return {
    get db() {
      return opened(db);
    },
    get url() {
      return opened(place).url;
    },
  };
}
