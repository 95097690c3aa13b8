import { Check, Column, Entity, PrimaryColumn } from "typeorm";
import { IDENTIFIER } from "./row.js";

/** A token by which a program asks. Of its secret only the digest is kept. */
@Entity("api_token")
@Check("api_token_name_length", "char_length(name) BETWEEN 1 AND 128")
@Check("api_token_sha256", "secret_sha256 ~ '^[0-9a-f]{64}$'")
export class ApiTokenEntity {
  @PrimaryColumn(IDENTIFIER)
  id: string;

  @Column(IDENTIFIER)
  name: string;

  @Column(IDENTIFIER)
  secretSha256: string;

  /** Null sees every account. */
  @Column({ type: "text", array: true, nullable: true })
  accountIds: readonly string[] | null;

  @Column({ type: "boolean" })
  mayExplore: boolean;

  @Column({ type: "timestamptz" })
  createdAt: Date;

  @Column({ type: "timestamptz" })
  expiresAt: Date;

  @Column({ type: "timestamptz", nullable: true })
  revokedAt: Date | null;
}
