import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = ["source", "source_history"] as const;

/** A catalog file that the package brings says which bytes of a page its facts were taken from. */
export class KnowPagesOfCatalogFiles1763810000002 implements MigrationInterface {
  readonly name = "KnowPagesOfCatalogFiles1763810000002";

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD COLUMN page_sha256 text COLLATE "C"`);
    await runner.query(`
      ALTER TABLE source ADD CONSTRAINT source_page_sha256 CHECK (page_sha256 ~ '^[0-9a-f]{64}$')
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN page_sha256`);
  }
}
