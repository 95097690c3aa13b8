import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateSources1763700000001 implements MigrationInterface {
  readonly name = "CreateSources1763700000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE source (
        key text COLLATE "C" CONSTRAINT source_pk PRIMARY KEY,
        kind text COLLATE "C" NOT NULL,
        title text NOT NULL,
        uri text COLLATE "C",
        sha256 text COLLATE "C" NOT NULL,
        updated_at text COLLATE "C",
        imported_at timestamptz NOT NULL,
        account_id text COLLATE "C",
        since_revision bigint NOT NULL,
        CONSTRAINT source_key_length CHECK (octet_length(key) BETWEEN 1 AND 2048),
        CONSTRAINT source_kind CHECK (kind IN ('DOCUMENTATION_PAGE', 'ACCOUNT_EXPORT', 'LIVE_ACCOUNT')),
        CONSTRAINT source_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        CONSTRAINT source_account CHECK ((kind = 'DOCUMENTATION_PAGE') = (account_id IS NULL))
      );
      CREATE INDEX source_account_id_index ON source (account_id);

      CREATE TABLE source_content (
        source_key text COLLATE "C" CONSTRAINT source_content_pk PRIMARY KEY
          CONSTRAINT source_content_source_key_fk REFERENCES source ON DELETE CASCADE,
        facts jsonb NOT NULL,
        findings jsonb NOT NULL
      );

      CREATE TABLE source_original (
        source_key text COLLATE "C" CONSTRAINT source_original_pk PRIMARY KEY
          CONSTRAINT source_original_source_key_fk REFERENCES source ON DELETE CASCADE,
        bytes bytea NOT NULL
      );

      CREATE TABLE import_run (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT import_run_pk PRIMARY KEY,
        started_at timestamptz NOT NULL,
        finished_at timestamptz NOT NULL,
        sources jsonb NOT NULL,
        outcome text COLLATE "C" NOT NULL,
        revision bigint,
        added integer NOT NULL,
        changed integer NOT NULL,
        removed integer NOT NULL,
        findings integer NOT NULL,
        message text,
        CONSTRAINT import_run_outcome CHECK (outcome IN ('CHANGED', 'UNCHANGED', 'FAILED')),
        CONSTRAINT import_run_revision CHECK ((outcome = 'CHANGED') = (revision IS NOT NULL))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE import_run, source_original, source_content, source");
  }
}
