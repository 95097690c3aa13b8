import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type FolderEntry, unreadable } from "./list-folder.js";
import { Refused } from "./refusal.js";

const CHUNK = 256 * 1024;

/**
 * The bytes of a file, each read once.
 *
 * @param onEnd told at the end which bytes they were: size and SHA-256, lower-case hex
 * @throws Refused for what is no plain file, cannot be read, or changes meanwhile
 */
export async function* readBytes(entry: FolderEntry, onEnd: (digest: string) => void): AsyncGenerator<Uint8Array> {
  const handle = await openFile(entry);
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) throw special(entry.name);
    const hash = createHash("sha256");
    let size = 0n;
    for (let chunk = await readChunk(handle, entry); chunk.length > 0; chunk = await readChunk(handle, entry)) {
      hash.update(chunk);
      size += BigInt(chunk.length);
      // A file that grows as fast as it is read would never end.
      if (size > before.size) throw changed(entry.name);
      yield chunk;
    }
    const after = await handle.stat({ bigint: true });
    if (size !== before.size || after.mtimeNs !== before.mtimeNs) throw changed(entry.name);
    onEnd(`${size}:${hash.digest("hex")}`);
  } finally {
    await handle.close();
  }
}

/** Without waiting: opening a named pipe would hang until somebody writes to it. */
async function openFile({ name, path }: FolderEntry): Promise<FileHandle> {
  return await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw error instanceof Error && "code" in error && error.code === "ENXIO" ? special(name) : unreadable(name, error);
  });
}

/** Each chunk has memory of its own, for texts and remainders are cut out of it. */
async function readChunk(handle: FileHandle, { name }: FolderEntry): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle
    .read(Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK, null)
    .catch((error: unknown) => {
      throw unreadable(name, error);
    });
  return buffer.subarray(0, bytesRead);
}

function special(file: string): Refused {
  return new Refused("NOT_A_FILE", { file }, "it is a pipe, a device or a folder", "put a plain file there");
}

function changed(file: string): Refused {
  const mend = "wait until the export is complete and import it again";
  return new Refused("FILE_CHANGED", { file }, "it changed while it was read", mend);
}
