import type { MigrationInterface, QueryRunner } from "typeorm";
import { track, untrack } from "./1763700000005-track-revisions.js";

/** What pages and exports said before it is merged: without its history no import of theirs can be taken back. */
const RAW = ["source_content", "source_original", "policy_claim"] as const;

/** A run says what it was and of whom, so that it can be listed and taken back, and history has a beginning. */
export class KeepRuns1763820000001 implements MigrationInterface {
  readonly name = "KeepRuns1763820000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RUNS);
    for (const table of RAW) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN since_revision bigint;
        UPDATE ${table} SET since_revision = (SELECT revision FROM revision_counter);
        ALTER TABLE ${table} ALTER COLUMN since_revision SET NOT NULL;
      `);
      await runner.query(track(table));
    }
    await runner.query(FLOOR);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE history_floor");
    for (const table of RAW) {
      await runner.query(untrack(table));
      await runner.query(`ALTER TABLE ${table} DROP COLUMN since_revision`);
    }
    await runner.query("ALTER TABLE import_run DROP COLUMN kind, DROP COLUMN subject, DROP COLUMN target_id");
  }
}

const RUNS = `
  ALTER TABLE import_run
    ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT 'IMPORT',
    ADD COLUMN subject text COLLATE "C",
    ADD COLUMN target_id bigint,
    ADD CONSTRAINT import_run_kind CHECK (kind IN ('IMPORT', 'REVERT', 'FORGET'));
  ALTER TABLE import_run ALTER COLUMN kind DROP DEFAULT;
  UPDATE import_run
    SET subject = COALESCE(substring(sources->0->>'key' FROM '^source:(?:ACCOUNT_EXPORT|LIVE_ACCOUNT):(.*)$'), 'catalog');
  CREATE INDEX import_run_subject_index ON import_run (subject);
`;

/** Raw matter has history from here on only, so no earlier import can be taken back. */
const FLOOR = `
  CREATE TABLE history_floor (
    is_only boolean CONSTRAINT history_floor_pk PRIMARY KEY DEFAULT true,
    oldest_revision bigint NOT NULL,
    raw_since_revision bigint NOT NULL,
    erasures bigint NOT NULL,
    CONSTRAINT history_floor_is_only CHECK (is_only)
  );
  INSERT INTO history_floor (oldest_revision, raw_since_revision, erasures)
    SELECT (SELECT min(revision) FROM revision_log), revision, 0 FROM revision_counter;
`;
