import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who may ask is no fact about permissions: tokens make no revision and have no history. */
export class CreateApiTokens1763840000001 implements MigrationInterface {
  readonly name = "CreateApiTokens1763840000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_token (
        id text COLLATE "C" CONSTRAINT api_token_pk PRIMARY KEY,
        name text COLLATE "C" NOT NULL CONSTRAINT api_token_name_length CHECK (char_length(name) BETWEEN 1 AND 128),
        secret_sha256 text COLLATE "C" NOT NULL CONSTRAINT api_token_sha256 CHECK (secret_sha256 ~ '^[0-9a-f]{64}$'),
        account_ids text[],
        may_explore boolean NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE api_token");
  }
}
