import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tables that grow with the company: what a revision wrote is found without reading all of them. */
const TABLES = [
  "app_user",
  "membership",
  "role",
  "policy",
  "policy_version",
  "attachment",
  "grouped_resource",
  "resource_tag",
] as const;

/** A server reads what changed since the revision that it holds; history has an index for its half of that. */
export class FindNewRows1790000000000 implements MigrationInterface {
  readonly name = "FindNewRows1790000000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`CREATE INDEX ${table}_since_revision_index ON ${table} (since_revision)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP INDEX ${table}_since_revision_index`);
  }
}
