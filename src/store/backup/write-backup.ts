import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import type { Database } from "../database.js";
import type { Transaction } from "../transaction.js";
import { type BackupConnection, readForBackup } from "./connection.js";
import { copyOut } from "./copy-out.js";
import {
  type BackupHeader,
  block,
  type CountedTable,
  columnsOf,
  countLines,
  formatVersion,
  line,
  quote,
  type SequenceState,
} from "./format.js";
import { listTables, ownTables } from "./own-tables.js";

export interface BackupOptions {
  /** Version of this ramgraph. */
  readonly version: string;
  readonly createdAt: Date;
  /** Told of each block: rows written, rows in all, the table. */
  readonly onProgress: (done: number, total: number, table: string) => void;
}

/** What a backup holds. */
export interface BackupReport {
  readonly revision: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes all that the database holds, as it is at one instant: facts, history, records of imports, pages, tokens. Others
 * go on reading and writing. Memory does not grow with the database.
 *
 * @param target ended when all is written
 * @throws DatabaseLost when the database goes away, and what `target` throws
 */
export async function writeBackup(db: Database, target: Writable, options: BackupOptions): Promise<BackupReport> {
  return await readForBackup(db, async (connection) => {
    const header = await readHeader(db, connection, options);
    const gzip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 262_144 });
    await pipeline(sealed(contents(connection, header, options)), gzip, target);
    const rows = sumOf(header.tables);
    return { revision: header.revision, tables: header.tables.length, rows };
  });
}

async function readHeader(
  db: Database,
  { transaction }: BackupConnection,
  options: BackupOptions,
): Promise<BackupHeader> {
  const known = ownTables(db.dataSource);
  const tables = (await listTables(transaction)).filter(({ name }) => known.has(name));
  // Nobody may change or empty them while they are read.
  await transaction.query(`LOCK TABLE ${tables.map(({ name }) => quote(name)).join(", ")} IN ACCESS SHARE MODE`);
  const [state] = await transaction.query<{ revision: string; postgres: string; migrations: readonly string[] }>(`
    SELECT revision::text, current_setting('server_version') AS postgres,
           ARRAY(SELECT name::text FROM migration ORDER BY timestamp, id) AS migrations
    FROM revision_counter`);
  if (state === undefined) throw new Error("the database has no revision");
  return {
    format: "ramgraph backup",
    version: formatVersion,
    ramgraph: options.version,
    createdAt: options.createdAt.toISOString(),
    ...state,
    tables: await countRows(transaction, tables),
    sequences: await readSequences(transaction, tables),
  };
}

async function countRows(
  transaction: Transaction,
  tables: readonly Omit<CountedTable, "rows">[],
): Promise<readonly CountedTable[]> {
  const counted: CountedTable[] = [];
  for (const table of tables) {
    const [row] = await transaction.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${quote(table.name)}`);
    counted.push({ ...table, rows: Number(row?.rows) });
  }
  return counted;
}

/** Where columns stand that number their rows. They may be further than the rows of this instant, and never behind. */
async function readSequences(
  transaction: Transaction,
  tables: readonly Omit<CountedTable, "rows">[],
): Promise<readonly SequenceState[]> {
  const names = await transaction.query<{ name: string }>(
    `SELECT sequence.relname AS name
     FROM pg_class sequence JOIN pg_depend ON objid = sequence.oid JOIN pg_class owner ON owner.oid = refobjid
     WHERE sequence.relkind = 'S' AND deptype IN ('a', 'i') AND owner.relname = ANY($1)
       AND sequence.relnamespace = current_schema()::regnamespace
     ORDER BY sequence.relname COLLATE "C"`,
    [tables.map(({ name }) => name)],
  );
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const [state] = await transaction.query<Omit<SequenceState, "name">>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${quote(name)}`,
    );
    if (state !== undefined) states.push({ name, ...state });
  }
  return states;
}

async function* contents(
  { client }: BackupConnection,
  header: BackupHeader,
  { onProgress }: BackupOptions,
): AsyncGenerator<Buffer> {
  yield line(header);
  const total = sumOf(header.tables);
  let done = 0;
  for (const table of header.tables) {
    const hash = createHash("sha256");
    let rows = 0;
    for await (const bytes of copyOut(client, `COPY ${quote(table.name)} (${columnsOf(table)}) TO STDOUT`)) {
      hash.update(bytes);
      rows += countLines(bytes);
      yield block(bytes);
      onProgress(done + rows, total, table.name);
    }
    done += rows;
    yield block(Buffer.alloc(0));
    yield line({ table: table.name, rows, sha256: hash.digest("hex") });
  }
}

/** Bytes, and behind them the line with their digest. */
async function* sealed(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  yield line({ end: "ramgraph backup", sha256: hash.digest("hex") });
}

const sumOf = (tables: readonly CountedTable[]) => tables.reduce((sum, { rows }) => sum + rows, 0);
