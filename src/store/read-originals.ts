import type { Database } from "./database.js";
import { readTogether } from "./transaction.js";

/** The bytes of an imported page, and their digest. */
export interface Original {
  /** SHA-256, lower-case hex. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const KEPT = "SELECT bytes FROM source_original UNION ALL SELECT bytes FROM source_original_history";

/**
 * Pages as they were imported, also those that a newer copy has replaced, as far back as history is kept.
 *
 * @param digest first hexadecimal digits, in lower case, of the SHA-256 digest
 * @returns each page once, in the order of digests, two at most: more than one means that the digest is not told apart
 */
export async function readOriginals(db: Database, digest: string): Promise<readonly Original[]> {
  const rows = await readTogether(db, (transaction) =>
    transaction.query<{ sha256: string; bytes: Uint8Array }>(
      `SELECT DISTINCT encode(sha256(bytes), 'hex') AS sha256, bytes FROM (${KEPT}) AS kept
       WHERE starts_with(encode(sha256(bytes), 'hex'), $1) ORDER BY sha256 LIMIT 2`,
      [digest],
    ),
  );
  return rows.map(({ sha256, bytes }) => ({ sha256, bytes: new Uint8Array(bytes) }));
}
