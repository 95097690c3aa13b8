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
      -- Relatives of Postgres that keep no log of this kind have no timelines either.
      CREATE FUNCTION current_timeline() RETURNS text LANGUAGE plpgsql AS $$
      BEGIN
        RETURN substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8);
      EXCEPTION WHEN OTHERS THEN
        RETURN '';
      END $$;

      ALTER TABLE revision_counter ADD COLUMN timeline text NOT NULL DEFAULT '';
      UPDATE revision_counter SET timeline = current_timeline();

      CREATE TABLE lost_revisions (
        first bigint CONSTRAINT lost_revisions_pk PRIMARY KEY,
        last bigint NOT NULL,
        found_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );

      CREATE FUNCTION skip_lost_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.timeline := current_timeline();
        IF NEW.timeline <> OLD.timeline AND NEW.revision = OLD.revision + 1 THEN
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
      DROP FUNCTION current_timeline;
    `);
  }
}
