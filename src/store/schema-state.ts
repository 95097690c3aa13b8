import type { Database } from "./database.js";
import { readTogether } from "./transaction.js";

/** How the schema stands to this program: the same, with migrations that it does not know, or without some that it needs. */
export type SchemaState = "CURRENT" | "AHEAD" | "BEHIND";

/** Compares the migrations that the database has had with those of this program. */
export async function readSchemaState(db: Database): Promise<SchemaState> {
  const rows = await readTogether(db, async (transaction) => {
    const [table] = await transaction.query<{ found: boolean }>("SELECT to_regclass('migration') IS NOT NULL AS found");
    return table?.found === true ? await transaction.query<{ name: string }>("SELECT name FROM migration") : [];
  });
  const applied = new Set(rows.map(({ name }) => name));
  const own = db.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
  if (own.some((name) => !applied.has(name))) return "BEHIND";
  return applied.size > own.length ? "AHEAD" : "CURRENT";
}
