import type { MigrationInterface, QueryRunner } from "typeorm";

const TRACKED = [
  "source",
  "service",
  "action",
  "resource_type",
  "condition_key",
  "operation",
  "operation_resource",
  "operation_condition_key",
  "operation_dependent_action",
  "account",
  "principal",
  "app_user",
  "user_group",
  "membership",
  "role",
  "service_link",
  "service_dependency",
  "policy",
  "policy_version",
  "attachment",
  "finding",
  "coverage_gap",
] as const;

/**
 * Every transaction that writes a fact makes one revision, whoever writes it. The counter's row is locked before the
 * first row of any table is, so writers queue instead of deadlocking, and revisions come in the order of commits.
 */
export class TrackRevisions1763700000005 implements MigrationInterface {
  readonly name = "TrackRevisions1763700000005";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE revision_counter (
        is_only boolean CONSTRAINT revision_counter_pk PRIMARY KEY DEFAULT true,
        revision bigint NOT NULL,
        CONSTRAINT revision_counter_is_only CHECK (is_only)
      );
      INSERT INTO revision_counter (revision) VALUES (0);

      CREATE TABLE revision_log (
        revision bigint CONSTRAINT revision_log_pk PRIMARY KEY,
        committed_at timestamptz NOT NULL
      );
      INSERT INTO revision_log (revision, committed_at) VALUES (0, clock_timestamp());

      CREATE FUNCTION open_revision() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        opened bigint;
      BEGIN
        IF current_setting('ramgraph.transaction', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
          UPDATE revision_counter SET revision = revision + 1 RETURNING revision INTO STRICT opened;
          INSERT INTO revision_log (revision, committed_at) VALUES (opened, clock_timestamp());
          PERFORM set_config('ramgraph.revision', opened::text, true);
          PERFORM set_config('ramgraph.transaction', pg_current_xact_id()::text, true);
          PERFORM pg_notify('ramgraph_revision', opened::text);
        END IF;
        RETURN NULL;
      END $$;

      -- A long import opens its revision early: the instant that counts is the one of the commit.
      CREATE FUNCTION date_revision() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE revision_log SET committed_at = clock_timestamp() WHERE revision = NEW.revision;
        RETURN NULL;
      END $$;

      CREATE CONSTRAINT TRIGGER revision_dated AFTER INSERT ON revision_log
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION date_revision();

      CREATE FUNCTION stamp_revision() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.since_revision := current_setting('ramgraph.revision')::bigint;
        RETURN NEW;
      END $$;

      -- Rows that came and went within one transaction were never seen, so they are not kept.
      CREATE FUNCTION keep_replaced_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('INSERT INTO %I SELECT $1, o.* FROM old_rows o WHERE o.since_revision < $1',
                       TG_TABLE_NAME || '_history')
          USING current_setting('ramgraph.revision')::bigint;
        RETURN NULL;
      END $$;

      CREATE FUNCTION keep_truncated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('INSERT INTO %I SELECT $1, o.* FROM %I o WHERE o.since_revision < $1',
                       TG_TABLE_NAME || '_history', TG_TABLE_NAME)
          USING current_setting('ramgraph.revision')::bigint;
        RETURN NULL;
      END $$;
    `);
    for (const table of TRACKED) await runner.query(track(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TRACKED) await runner.query(untrack(table));
    await runner.query(`
      DROP TABLE revision_log, revision_counter;
      DROP FUNCTION open_revision, date_revision, stamp_revision, keep_replaced_rows, keep_truncated_rows;
    `);
  }
}

/** Triggers of one kind fire in the order of their names: a revision is open before rows are kept. */
export const track = (table: string) => `
  CREATE TABLE ${table}_history (until_revision bigint NOT NULL, LIKE ${table});
  CREATE INDEX ${table}_history_until_revision_index ON ${table}_history (until_revision);

  CREATE TRIGGER revision_opens BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION open_revision();
  CREATE TRIGGER revision_stamped BEFORE INSERT OR UPDATE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION stamp_revision();
  CREATE TRIGGER rows_kept_of_update AFTER UPDATE ON ${table}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_replaced_rows();
  CREATE TRIGGER rows_kept_of_delete AFTER DELETE ON ${table}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_replaced_rows();
  CREATE TRIGGER rows_kept_of_truncate BEFORE TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION keep_truncated_rows();
`;

export const untrack = (table: string) => `
  DROP TRIGGER rows_kept_of_truncate ON ${table};
  DROP TRIGGER rows_kept_of_delete ON ${table};
  DROP TRIGGER rows_kept_of_update ON ${table};
  DROP TRIGGER revision_stamped ON ${table};
  DROP TRIGGER revision_opens ON ${table};
  DROP TABLE ${table}_history;
`;
