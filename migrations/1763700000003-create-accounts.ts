import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateAccounts1763700000003 implements MigrationInterface {
  readonly name = "CreateAccounts1763700000003";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account (
        id text COLLATE "C" CONSTRAINT account_pk PRIMARY KEY,
        alias text COLLATE "C",
        source_key text COLLATE "C" CONSTRAINT account_source_key_fk REFERENCES source,
        since_revision bigint NOT NULL,
        CONSTRAINT account_id CHECK (id ~ '^[0-9]{1,32}$' OR id = 'catalog'),
        CONSTRAINT account_source CHECK ((id = 'catalog') = (source_key IS NULL))
      );
      CREATE INDEX account_source_key_index ON account (source_key);
      INSERT INTO account (id, since_revision) VALUES ('catalog', 0);

      CREATE TABLE principal (
        id text COLLATE "C" CONSTRAINT principal_pk PRIMARY KEY,
        kind text COLLATE "C" NOT NULL,
        account_id text COLLATE "C" NOT NULL CONSTRAINT principal_account_id_fk REFERENCES account,
        since_revision bigint NOT NULL,
        CONSTRAINT principal_kind CHECK (kind IN ('USER', 'GROUP', 'ROLE')),
        CONSTRAINT principal_id CHECK (starts_with(id, lower(kind) || ':' || account_id || ':'))
      );
      CREATE INDEX principal_account_id_index ON principal (account_id);

      CREATE TABLE app_user (
        id text COLLATE "C" CONSTRAINT app_user_pk PRIMARY KEY CONSTRAINT app_user_id_fk REFERENCES principal,
        account_id text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        user_id text COLLATE "C",
        since_revision bigint NOT NULL,
        CONSTRAINT app_user_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
      );

      CREATE TABLE user_group (
        id text COLLATE "C" CONSTRAINT user_group_pk PRIMARY KEY CONSTRAINT user_group_id_fk REFERENCES principal,
        account_id text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        since_revision bigint NOT NULL,
        CONSTRAINT user_group_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
      );

      CREATE TABLE membership (
        group_id text COLLATE "C" NOT NULL CONSTRAINT membership_group_id_fk REFERENCES user_group,
        user_id text COLLATE "C" NOT NULL CONSTRAINT membership_user_id_fk REFERENCES app_user,
        since_revision bigint NOT NULL,
        CONSTRAINT membership_pk PRIMARY KEY (group_id, user_id)
      );
      CREATE INDEX membership_user_id_index ON membership (user_id);

      CREATE TABLE role (
        id text COLLATE "C" CONSTRAINT role_pk PRIMARY KEY CONSTRAINT role_id_fk REFERENCES principal,
        account_id text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        role_id text COLLATE "C",
        description text,
        trust_policy text,
        max_session_duration integer,
        service_name text COLLATE "C",
        source_key text COLLATE "C" NOT NULL CONSTRAINT role_source_key_fk REFERENCES source,
        since_revision bigint NOT NULL,
        CONSTRAINT role_name_length CHECK (char_length(name) BETWEEN 1 AND 256),
        CONSTRAINT role_trust_policy_length CHECK (octet_length(trust_policy) <= 1048576)
      );
      CREATE INDEX role_source_key_index ON role (source_key);

      CREATE TABLE service_link (
        role_id text COLLATE "C" CONSTRAINT service_link_pk PRIMARY KEY
          CONSTRAINT service_link_role_id_fk REFERENCES role,
        role_name text COLLATE "C" NOT NULL,
        service_name text COLLATE "C" NOT NULL,
        service text COLLATE "C" NOT NULL CONSTRAINT service_link_service_fk REFERENCES service,
        created_when text,
        purpose text,
        prerequisites_for_deletion text[] NOT NULL,
        consequences text[] NOT NULL,
        creation_policy text NOT NULL,
        is_creation_policy_built boolean NOT NULL,
        since_revision bigint NOT NULL
      );
      CREATE INDEX service_link_service_index ON service_link (service);

      CREATE TABLE service_dependency (
        from_service text COLLATE "C" NOT NULL CONSTRAINT service_dependency_from_service_fk REFERENCES service,
        to_service text COLLATE "C" NOT NULL CONSTRAINT service_dependency_to_service_fk REFERENCES service,
        role_id text COLLATE "C" NOT NULL CONSTRAINT service_dependency_role_id_fk REFERENCES role,
        role_name text COLLATE "C" NOT NULL,
        purpose text,
        since_revision bigint NOT NULL,
        CONSTRAINT service_dependency_pk PRIMARY KEY (from_service, to_service, role_id)
      );
      CREATE INDEX service_dependency_to_service_index ON service_dependency (to_service);
      CREATE INDEX service_dependency_role_id_index ON service_dependency (role_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE service_dependency, service_link, role, membership, user_group, app_user, principal, account
    `);
  }
}
