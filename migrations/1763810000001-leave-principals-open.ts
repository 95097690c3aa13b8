import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = ["service_link", "service_link_history"] as const;
const COLUMNS = ["service_name", "service", "creation_policy"] as const;

/** A service-linked role is stored as well where no page says which service assumes it. */
export class LeavePrincipalsOpen1763810000001 implements MigrationInterface {
  readonly name = "LeavePrincipalsOpen1763810000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(alterAll("DROP NOT NULL"));
  }

  /** What the older shape cannot hold is dropped; importing its page again brings it back. */
  async down(runner: QueryRunner): Promise<void> {
    const lacks = COLUMNS.map((column) => `${column} IS NULL`).join(" OR ");
    for (const table of TABLES) await runner.query(`DELETE FROM ${table} WHERE ${lacks}`);
    await runner.query(alterAll("SET NOT NULL"));
  }
}

function alterAll(change: string): string {
  const changes = COLUMNS.map((column) => `ALTER COLUMN ${column} ${change}`).join(", ");
  return TABLES.map((table) => `ALTER TABLE ${table} ${changes}`).join("; ");
}
