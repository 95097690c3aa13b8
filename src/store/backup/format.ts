import type { BackupTable } from "./own-tables.js";

/**
 * A backup is gzip around lines of JSON and rows of Postgres' own text format. First a header. Then for each table its
 * rows, in blocks that each stand behind a line with their length in bytes, an empty block, and a line with the number
 * and the digest of the rows. Last a line with the digest of all that stands before it: what lacks it is cut short.
 */
export const formatVersion = 1;

/** The first line. */
export interface BackupHeader {
  readonly format: "ramgraph backup";
  readonly version: number;
  /** Version of the ramgraph that made it. */
  readonly ramgraph: string;
  /** Version of the Postgres that it was made from, e.g. `18.4`. */
  readonly postgres: string;
  /** Instant, RFC 3339. */
  readonly createdAt: string;
  /** Newest revision in it. */
  readonly revision: string;
  /** Names of the migrations that make its schema, oldest first. */
  readonly migrations: readonly string[];
  /** In the order of the rows below: a table stands behind those that it refers to. */
  readonly tables: readonly CountedTable[];
  /** Where numbers go on that the database hands out. */
  readonly sequences: readonly SequenceState[];
}

export interface CountedTable extends BackupTable {
  readonly rows: number;
}

export interface SequenceState {
  readonly name: string;
  readonly value: string;
  /** False while `value` itself is still to be handed out. */
  readonly isCalled: boolean;
}

/** The line behind a table's rows. */
export interface TableEnd {
  readonly table: string;
  readonly rows: number;
  /** Of the rows' bytes, lower-case hex. */
  readonly sha256: string;
}

/** The last line. */
export interface BackupEnd {
  readonly end: "ramgraph backup";
  /** Of all bytes before this line, lower-case hex. */
  readonly sha256: string;
}

export const line = (value: BackupHeader | TableEnd | BackupEnd): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** A block of whole rows. An empty one ends a table. */
export const block = (rows: Buffer): Buffer => Buffer.concat([Buffer.from(`${rows.length}\n`), rows]);

/** How many rows stand in whole lines. */
export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** A name as SQL takes it. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnsOf = ({ columns }: BackupTable): string => columns.map(quote).join(", ");
