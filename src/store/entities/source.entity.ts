import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import type { CatalogFacts } from "../../inventory/batch.js";
import type { SourceFinding, SourceKind } from "../../inventory/source.js";
import { IDENTIFIER, TrackedRow } from "./row.js";

@Entity("source")
@Check("source_key_length", "octet_length(key) BETWEEN 1 AND 2048")
@Check("source_kind", "kind IN ('DOCUMENTATION_PAGE', 'ACCOUNT_EXPORT', 'LIVE_ACCOUNT')")
@Check("source_sha256", "sha256 ~ '^[0-9a-f]{64}$'")
@Check("source_page_sha256", "page_sha256 ~ '^[0-9a-f]{64}$'")
@Check("source_account", "(kind = 'DOCUMENTATION_PAGE') = (account_id IS NULL)")
@Index("source_account_id_index", ["accountId"])
export class SourceEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  key: string;

  @Column(IDENTIFIER)
  kind: SourceKind;

  @Column({ type: "text" })
  title: string;

  @Column({ ...IDENTIFIER, nullable: true })
  uri: string | null;

  @Column(IDENTIFIER)
  sha256: string;

  /** Of the page that a catalog file was taken from. */
  @Column({ ...IDENTIFIER, nullable: true })
  pageSha256: string | null;

  /** As the source writes it, often only a day. */
  @Column({ ...IDENTIFIER, nullable: true })
  updatedAt: string | null;

  @Column({ type: "timestamptz" })
  importedAt: string;

  /** The account that an export is of. */
  @Column({ ...IDENTIFIER, nullable: true })
  accountId: string | null;
}

/** What a page said, kept so that all pages can be merged anew. */
@Entity("source_content")
export class SourceContentEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => SourceEntity, { onDelete: "CASCADE" })
  sourceKey: string;

  @Column({ type: "jsonb" })
  facts: CatalogFacts;

  @Column({ type: "jsonb" })
  findings: readonly Omit<SourceFinding, "sourceKey">[];
}

/** The bytes of a source as they were read. */
@Entity("source_original")
export class SourceOriginalEntity extends TrackedRow {
  @PrimaryColumn(IDENTIFIER)
  @ForeignKey(() => SourceEntity, { onDelete: "CASCADE" })
  sourceKey: string;

  /** Hexadecimal with the prefix `\x`. */
  @Column({ type: "bytea" })
  bytes: string;
}
