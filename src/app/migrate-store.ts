import { migrate } from "../store/migrate.js";
import type { Store } from "./open-store.js";

/**
 * Brings the database's schema up to date.
 *
 * @returns names of the migrations that were applied, oldest first
 */
export async function migrateStore({ db }: Store): Promise<{ readonly applied: readonly string[] }> {
  return await migrate(db);
}
