import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A replica that is promoted, or a backup that is recovered to a point in time, may lack revisions that its predecessor
 * had given away. Postgres counts such beginnings as timelines. The first change on a new one leaves out so many numbers
 * that none is ever given to two states, and writes down which, so that whoever asks for one of them is told that it is lost.
 */
export class KnowTimelines1790000000300 implements MigrationInterface {
  readonly name = "KnowTimelines1790000000300";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Unknown until the next change.
      ALTER TABLE revision_counter ADD COLUMN timeline text NOT NULL DEFAULT '';

      CREATE TABLE lost_revisions (
        first bigint CONSTRAINT lost_revisions_pk PRIMARY KEY,
        last bigint NOT NULL,
        found_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE FUNCTION skip_lost_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        BEGIN
          NEW.timeline := substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8);
        EXCEPTION WHEN OTHERS THEN
          -- Relatives of Postgres that keep no such log have no timelines either.
          NEW.timeline := '';
        END;
        IF '' NOT IN (OLD.timeline, NEW.timeline) AND NEW.timeline <> OLD.timeline AND NEW.revision = OLD.revision + 1 THEN
          INSERT INTO lost_revisions (first, last) VALUES (NEW.revision, NEW.revision + 999999);
          NEW.revision := NEW.revision + 1000000;
        END IF;
        RETURN NEW;
      END $$;

      CREATE TRIGGER lost_revisions_are_skipped BEFORE UPDATE ON revision_counter
        FOR EACH ROW EXECUTE FUNCTION skip_lost_revisions();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER lost_revisions_are_skipped ON revision_counter;
      DROP FUNCTION skip_lost_revisions;
      DROP TABLE lost_revisions;
      ALTER TABLE revision_counter DROP COLUMN timeline;
    `);
  }
}
