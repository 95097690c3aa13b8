import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { BackupRefused } from "./backup-refused.js";

/** Rows repeat much, but hardly so much: what grows by more than this may have been made to fill memory or disks. */
const LARGEST_GROWTH = 200;
/** Bytes before growth is looked at. */
const FREE = 67_108_864;

/**
 * Unpacks a backup.
 *
 * @param isTrusted however much it grows
 * @throws BackupRefused when the bytes are no gzip, are cut short, or grow beyond all bounds
 */
export async function* inflate(packed: Readable, isTrusted: boolean): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Whoever reads sees the failure; there is nothing to do here.
  const bytes = pipeline(packed, gunzip, () => undefined);
  let size = 0;
  try {
    for await (const chunk of bytes) {
      if (!Buffer.isBuffer(chunk)) throw new Error("gunzip gave no bytes");
      size += chunk.length;
      if (!isTrusted && size > FREE && size > LARGEST_GROWTH * gunzip.bytesWritten) {
        throw new BackupRefused(
          `it grows to more than ${LARGEST_GROWTH} times its size; if you know that it is a backup, give \`--allow-growth\``,
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw explain(error);
  } finally {
    packed.destroy();
  }
}

function explain(error: unknown): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR") return new BackupRefused("it is cut short");
  if (code === "Z_DATA_ERROR") return new BackupRefused("it is no backup of ramgraph, or damaged");
  return error;
}
