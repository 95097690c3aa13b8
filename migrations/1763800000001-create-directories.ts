import type { MigrationInterface, QueryRunner } from "typeorm";
import { track, untrack } from "./1763700000005-track-revisions.js";

const TRACKED = [
  "directory",
  "folder",
  "directory_member",
  "control_attachment",
  "resource_group",
  "grouped_resource",
  "group_support",
  "resource_tag",
  "resource_policy",
] as const;

/** Directories with what bounds their accounts, and what is known of resources. */
export class CreateDirectories1763800000001 implements MigrationInterface {
  readonly name = "CreateDirectories1763800000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DIRECTORIES);
    await runner.query(RESOURCES);
    for (const table of TRACKED) await runner.query(track(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TRACKED) await runner.query(untrack(table));
    await runner.query(`DROP TABLE ${TRACKED.toReversed().join(", ")}`);
  }
}

const DIRECTORIES = `
  CREATE TABLE directory (
    id text COLLATE "C" CONSTRAINT directory_pk PRIMARY KEY,
    management_account_id text COLLATE "C" NOT NULL
      CONSTRAINT directory_management_account_id_fk REFERENCES account,
    root_folder_id text COLLATE "C" NOT NULL,
    is_control_policy_enabled boolean NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT directory_id_length CHECK (char_length(id) BETWEEN 1 AND 64)
  );
  CREATE INDEX directory_management_account_id_index ON directory (management_account_id);

  CREATE TABLE folder (
    directory_id text COLLATE "C" NOT NULL CONSTRAINT folder_directory_id_fk REFERENCES directory,
    id text COLLATE "C" NOT NULL,
    parent_id text COLLATE "C",
    name text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT folder_pk PRIMARY KEY (directory_id, id),
    CONSTRAINT folder_directory_id_parent_id_fk FOREIGN KEY (directory_id, parent_id) REFERENCES folder,
    CONSTRAINT folder_id_length CHECK (char_length(id) BETWEEN 1 AND 64),
    CONSTRAINT folder_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
  );
  CREATE INDEX folder_parent_id_index ON folder (directory_id, parent_id);

  CREATE TABLE directory_member (
    directory_id text COLLATE "C" NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    folder_id text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT directory_member_pk PRIMARY KEY (directory_id, account_id),
    CONSTRAINT directory_member_directory_id_folder_id_fk FOREIGN KEY (directory_id, folder_id) REFERENCES folder,
    CONSTRAINT directory_member_account_id CHECK (account_id ~ '^[0-9]{1,32}$')
  );
  CREATE INDEX directory_member_account_id_index ON directory_member (account_id);
  CREATE INDEX directory_member_folder_id_index ON directory_member (directory_id, folder_id);

  CREATE TABLE control_attachment (
    directory_id text COLLATE "C" NOT NULL CONSTRAINT control_attachment_directory_id_fk REFERENCES directory,
    policy_id text COLLATE "C" NOT NULL CONSTRAINT control_attachment_policy_id_fk REFERENCES policy,
    target text COLLATE "C" NOT NULL,
    effect_scope text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT control_attachment_pk PRIMARY KEY (directory_id, policy_id, target),
    CONSTRAINT control_attachment_effect_scope CHECK (effect_scope IN ('RAM', 'ALL')),
    CONSTRAINT control_attachment_target_length CHECK (char_length(target) BETWEEN 1 AND 64)
  );
  CREATE INDEX control_attachment_policy_id_index ON control_attachment (policy_id);
`;

const RESOURCES = `
  CREATE TABLE resource_group (
    account_id text COLLATE "C" NOT NULL CONSTRAINT resource_group_account_id_fk REFERENCES account,
    id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT resource_group_pk PRIMARY KEY (account_id, id),
    CONSTRAINT resource_group_id_length CHECK (char_length(id) BETWEEN 1 AND 64),
    CONSTRAINT resource_group_name_length CHECK (char_length(name) BETWEEN 1 AND 256)
  );

  CREATE TABLE grouped_resource (
    account_id text COLLATE "C" NOT NULL CONSTRAINT grouped_resource_account_id_fk REFERENCES account,
    service text COLLATE "C" NOT NULL,
    resource_type text COLLATE "C" NOT NULL,
    region_id text COLLATE "C" NOT NULL,
    resource_id text COLLATE "C" NOT NULL,
    resource_group_id text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT grouped_resource_pk PRIMARY KEY (account_id, service, resource_type, region_id, resource_id),
    CONSTRAINT grouped_resource_service_length CHECK (char_length(service) BETWEEN 1 AND 64),
    CONSTRAINT grouped_resource_resource_type_length CHECK (char_length(resource_type) BETWEEN 1 AND 128),
    CONSTRAINT grouped_resource_region_id_length CHECK (char_length(region_id) <= 64),
    CONSTRAINT grouped_resource_resource_id_length CHECK (char_length(resource_id) BETWEEN 1 AND 256),
    CONSTRAINT grouped_resource_resource_group_id_length CHECK (char_length(resource_group_id) BETWEEN 1 AND 64)
  );

  CREATE TABLE group_support (
    account_id text COLLATE "C" NOT NULL CONSTRAINT group_support_account_id_fk REFERENCES account,
    service text COLLATE "C" NOT NULL,
    resource_type text COLLATE "C" NOT NULL,
    is_supported boolean NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT group_support_pk PRIMARY KEY (account_id, service, resource_type),
    CONSTRAINT group_support_service_length CHECK (char_length(service) BETWEEN 1 AND 64),
    CONSTRAINT group_support_resource_type_length CHECK (char_length(resource_type) BETWEEN 1 AND 128)
  );

  CREATE TABLE resource_tag (
    account_id text COLLATE "C" NOT NULL CONSTRAINT resource_tag_account_id_fk REFERENCES account,
    arn text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT resource_tag_pk PRIMARY KEY (account_id, arn, key),
    CONSTRAINT resource_tag_arn_length CHECK (octet_length(arn) BETWEEN 1 AND 2048),
    CONSTRAINT resource_tag_key_length CHECK (char_length(key) BETWEEN 1 AND 128),
    CONSTRAINT resource_tag_value_length CHECK (char_length(value) <= 128)
  );

  CREATE TABLE resource_policy (
    account_id text COLLATE "C" NOT NULL CONSTRAINT resource_policy_account_id_fk REFERENCES account,
    kind text COLLATE "C" NOT NULL,
    resource text COLLATE "C" NOT NULL,
    document_text text NOT NULL,
    since_revision bigint NOT NULL,
    CONSTRAINT resource_policy_pk PRIMARY KEY (account_id, kind, resource),
    CONSTRAINT resource_policy_kind CHECK (kind IN ('OSS_BUCKET')),
    CONSTRAINT resource_policy_resource_length CHECK (char_length(resource) BETWEEN 1 AND 256),
    CONSTRAINT resource_policy_document_length CHECK (octet_length(document_text) <= 1048576)
  );
`;
