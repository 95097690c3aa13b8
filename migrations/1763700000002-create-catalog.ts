import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateCatalog1763700000002 implements MigrationInterface {
  readonly name = "CreateCatalog1763700000002";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE service (
        code text COLLATE "C" CONSTRAINT service_pk PRIMARY KEY,
        name text NOT NULL,
        granularity text COLLATE "C",
        source_key text COLLATE "C" CONSTRAINT service_source_key_fk REFERENCES source,
        since_revision bigint NOT NULL,
        CONSTRAINT service_code CHECK (code ~ '^[^A-Z:*?[:space:]]{1,64}$'),
        CONSTRAINT service_granularity CHECK (granularity IN ('SERVICE', 'OPERATION', 'RESOURCE'))
      );

      CREATE INDEX service_source_key_index ON service (source_key);

      CREATE TABLE action (
        id text COLLATE "C" CONSTRAINT action_pk PRIMARY KEY,
        name text COLLATE "C" NOT NULL,
        service text COLLATE "C" NOT NULL CONSTRAINT action_service_fk REFERENCES service,
        access_levels text[] NOT NULL,
        is_documented boolean NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT action_name_length CHECK (char_length(name) BETWEEN 1 AND 256),
        CONSTRAINT action_access_levels
          CHECK (access_levels <@ ARRAY['CREATE', 'GET', 'LIST', 'UPDATE', 'DELETE', 'NONE'])
      );
      CREATE INDEX action_service_index ON action (service);

      CREATE TABLE resource_type (
        id text COLLATE "C" CONSTRAINT resource_type_pk PRIMARY KEY,
        service text COLLATE "C" NOT NULL CONSTRAINT resource_type_service_fk REFERENCES service,
        name text COLLATE "C" NOT NULL,
        arn_template text COLLATE "C" NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT resource_type_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
      );
      CREATE INDEX resource_type_service_index ON resource_type (service);

      CREATE TABLE condition_key (
        id text COLLATE "C" CONSTRAINT condition_key_pk PRIMARY KEY,
        name text COLLATE "C" NOT NULL,
        value_type text COLLATE "C",
        service text COLLATE "C" CONSTRAINT condition_key_service_fk REFERENCES service,
        since_revision bigint NOT NULL,
        CONSTRAINT condition_key_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
      );
      CREATE INDEX condition_key_service_index ON condition_key (service);

      CREATE TABLE operation (
        id text COLLATE "C" CONSTRAINT operation_pk PRIMARY KEY,
        service text COLLATE "C" NOT NULL CONSTRAINT operation_service_fk REFERENCES service,
        name text COLLATE "C" NOT NULL,
        action_id text COLLATE "C" NOT NULL CONSTRAINT operation_action_id_fk REFERENCES action,
        action text COLLATE "C" NOT NULL,
        access_level text COLLATE "C" NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT operation_name_length CHECK (char_length(name) BETWEEN 1 AND 256),
        CONSTRAINT operation_access_level
          CHECK (access_level IN ('CREATE', 'GET', 'LIST', 'UPDATE', 'DELETE', 'NONE'))
      );
      CREATE INDEX operation_service_index ON operation (service);
      CREATE INDEX operation_action_id_index ON operation (action_id);

      CREATE TABLE operation_resource (
        operation_id text COLLATE "C" NOT NULL
          CONSTRAINT operation_resource_operation_id_fk REFERENCES operation ON DELETE CASCADE,
        position integer NOT NULL,
        resource_type text COLLATE "C",
        arn_template text COLLATE "C" NOT NULL,
        is_required boolean NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT operation_resource_pk PRIMARY KEY (operation_id, position),
        CONSTRAINT operation_resource_position CHECK (position >= 0)
      );

      CREATE TABLE operation_condition_key (
        operation_id text COLLATE "C" NOT NULL
          CONSTRAINT operation_condition_key_operation_id_fk REFERENCES operation ON DELETE CASCADE,
        position integer NOT NULL,
        condition_key text COLLATE "C" NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT operation_condition_key_pk PRIMARY KEY (operation_id, position),
        CONSTRAINT operation_condition_key_position CHECK (position >= 0)
      );

      CREATE TABLE operation_dependent_action (
        operation_id text COLLATE "C" NOT NULL
          CONSTRAINT operation_dependent_action_operation_id_fk REFERENCES operation ON DELETE CASCADE,
        position integer NOT NULL,
        action_id text COLLATE "C" NOT NULL
          CONSTRAINT operation_dependent_action_action_id_fk REFERENCES action,
        action text COLLATE "C" NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT operation_dependent_action_pk PRIMARY KEY (operation_id, position),
        CONSTRAINT operation_dependent_action_position CHECK (position >= 0)
      );
      CREATE INDEX operation_dependent_action_action_id_index ON operation_dependent_action (action_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE operation_dependent_action, operation_condition_key, operation_resource, operation,
        condition_key, resource_type, action, service
    `);
  }
}
