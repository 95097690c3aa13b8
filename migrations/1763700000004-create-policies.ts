import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreatePolicies1763700000004 implements MigrationInterface {
  readonly name = "CreatePolicies1763700000004";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy (
        id text COLLATE "C" CONSTRAINT policy_pk PRIMARY KEY,
        type text COLLATE "C" NOT NULL,
        account_id text COLLATE "C" CONSTRAINT policy_account_id_fk REFERENCES account,
        name text COLLATE "C" NOT NULL,
        description text,
        is_high_risk boolean NOT NULL,
        service text COLLATE "C" CONSTRAINT policy_service_fk REFERENCES service,
        source_key text COLLATE "C" NOT NULL CONSTRAINT policy_source_key_fk REFERENCES source,
        since_revision bigint NOT NULL,
        CONSTRAINT policy_type CHECK (type IN ('SYSTEM', 'CUSTOM', 'SERVICE_LINKED', 'CONTROL')),
        CONSTRAINT policy_name_length CHECK (char_length(name) BETWEEN 1 AND 256),
        CONSTRAINT policy_account CHECK ((type IN ('CUSTOM', 'CONTROL')) = (account_id IS NOT NULL))
      );
      CREATE INDEX policy_account_id_index ON policy (account_id);
      CREATE INDEX policy_service_index ON policy (service);
      CREATE INDEX policy_source_key_index ON policy (source_key);

      CREATE TABLE policy_version (
        policy_id text COLLATE "C" NOT NULL
          CONSTRAINT policy_version_policy_id_fk REFERENCES policy ON DELETE CASCADE,
        version_id text COLLATE "C" NOT NULL,
        is_default boolean NOT NULL,
        document_text text,
        created_at timestamptz,
        since_revision bigint NOT NULL,
        CONSTRAINT policy_version_pk PRIMARY KEY (policy_id, version_id),
        CONSTRAINT policy_version_version_id_length CHECK (char_length(version_id) BETWEEN 1 AND 64),
        CONSTRAINT policy_version_document_length CHECK (octet_length(document_text) <= 1048576),
        CONSTRAINT policy_version_created_at CHECK (created_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'),
        CONSTRAINT policy_version_one_default
          EXCLUDE USING btree (policy_id WITH =) WHERE (is_default) DEFERRABLE INITIALLY DEFERRED
      );

      CREATE TABLE attachment (
        policy_id text COLLATE "C" NOT NULL CONSTRAINT attachment_policy_id_fk REFERENCES policy,
        principal_id text COLLATE "C" NOT NULL CONSTRAINT attachment_principal_id_fk REFERENCES principal,
        resource_group_id text COLLATE "C" NOT NULL,
        attached_at timestamptz,
        since_revision bigint NOT NULL,
        CONSTRAINT attachment_pk PRIMARY KEY (policy_id, principal_id, resource_group_id),
        CONSTRAINT attachment_attached_at CHECK (attached_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'),
        CONSTRAINT attachment_resource_group_id_length CHECK (char_length(resource_group_id) <= 64)
      );
      CREATE INDEX attachment_principal_id_index ON attachment (principal_id);

      CREATE TABLE policy_claim (
        source_key text COLLATE "C" NOT NULL
          CONSTRAINT policy_claim_source_key_fk REFERENCES source ON DELETE CASCADE,
        policy_id text COLLATE "C" NOT NULL,
        claim jsonb NOT NULL,
        CONSTRAINT policy_claim_pk PRIMARY KEY (source_key, policy_id)
      );
      CREATE INDEX policy_claim_policy_id_index ON policy_claim (policy_id);

      CREATE TABLE finding (
        source_key text COLLATE "C" NOT NULL CONSTRAINT finding_source_key_fk REFERENCES source ON DELETE CASCADE,
        place text COLLATE "C" NOT NULL,
        code text COLLATE "C" NOT NULL,
        severity text COLLATE "C" NOT NULL,
        message text NOT NULL,
        pointer text,
        line integer,
        "column" integer,
        suggestion text,
        subject text COLLATE "C",
        since_revision bigint NOT NULL,
        CONSTRAINT finding_pk PRIMARY KEY (source_key, place),
        CONSTRAINT finding_severity CHECK (severity IN ('ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION'))
      );

      CREATE TABLE coverage_gap (
        source_key text COLLATE "C" NOT NULL
          CONSTRAINT coverage_gap_source_key_fk REFERENCES source ON DELETE CASCADE,
        position integer NOT NULL,
        reason text COLLATE "C" NOT NULL,
        subject text NOT NULL,
        detail text NOT NULL,
        account_id text COLLATE "C",
        since_revision bigint NOT NULL,
        CONSTRAINT coverage_gap_pk PRIMARY KEY (source_key, position),
        CONSTRAINT coverage_gap_position CHECK (position >= 0)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE coverage_gap, finding, policy_claim, attachment, policy_version, policy");
  }
}
