import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { BackupRefused } from "./backup-refused.js";
import { ByteReader } from "./byte-reader.js";
import { type BackupHeader, type CountedTable, countLines } from "./format.js";
import { inflate } from "./inflate.js";
import { readEnd, readHeader, readTableEnd } from "./read-header.js";

/** Bytes: a header names every table and column, and there are a few dozen. */
const LONGEST_HEADER = 1_048_576;
const LONGEST_LINE = 1_024;

/** A backup that is read from its front to its end. */
export interface OpenBackup {
  readonly header: BackupHeader;
  /** Rows of the next table of the header; throws BackupRefused at the latest behind the last one when they are not whole. */
  readonly rowsOf: (table: CountedTable) => AsyncGenerator<Buffer>;
  /** Throws BackupRefused when the backup does not end here, whole. */
  readonly finish: () => Promise<void>;
}

/**
 * @param isTrusted take it however much it grows when it is unpacked
 * @throws BackupRefused for what is no backup
 */
export async function openBackup(packed: Readable, isTrusted: boolean): Promise<OpenBackup> {
  const reader = new ByteReader(inflate(packed, isTrusted));
  const header = readHeader(await reader.line(LONGEST_HEADER));
  return {
    header,
    rowsOf: (table) => readRows(reader, table),
    finish: () => finish(reader),
  };
}

async function* readRows(reader: ByteReader, table: CountedTable): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let rows = 0;
  for (let length = await readLength(reader); length > 0; length = await readLength(reader)) {
    for await (const piece of reader.bytes(length)) {
      hash.update(piece);
      rows += countLines(piece);
      if (rows > table.rows) throw new BackupRefused(`table \`${table.name}\` has more rows than its header says`);
      yield piece;
    }
  }
  const end = readTableEnd(await reader.line(LONGEST_LINE));
  if (end.table !== table.name || end.rows !== rows || rows !== table.rows || end.sha256 !== hash.digest("hex")) {
    throw new BackupRefused(`the rows of table \`${table.name}\` are not those that were written`);
  }
}

async function readLength(reader: ByteReader): Promise<number> {
  const text = await reader.line(LONGEST_LINE);
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new BackupRefused("the length of a block is damaged");
}

async function finish(reader: ByteReader): Promise<void> {
  const { sha256 } = reader;
  const end = readEnd(await reader.line(LONGEST_LINE));
  if (end.sha256 !== sha256) throw new BackupRefused("it is damaged: its digest is another");
  if (!(await reader.isAtEnd())) throw new BackupRefused("something follows behind its end");
}
