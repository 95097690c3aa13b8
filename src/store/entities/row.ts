import { Column } from "typeorm";

/** A row whose changes make revisions; the database stamps it and keeps what it replaces. */
export abstract class TrackedRow {
  /** The revision that wrote the row; set by a trigger. */
  @Column({ type: "bigint" })
  sinceRevision: string;
}

/** What a writer states of a row. */
export type Row<E> = Omit<E, "sinceRevision">;

/** An identifier: compared and ordered by bytes, whatever the server's locale. */
export const IDENTIFIER = { type: "text", collation: "C" } as const;
