import { Refused } from "./refusal.js";

/**
 * Decodes strictly: a byte that is no UTF-8 refuses the file, since U+FFFD in its place would make two names equal. A
 * byte order mark is kept, for the JSON reader knows where one may stand.
 * @param offset of the first byte in the file
 */
export function decodeUtf8(bytes: Uint8Array, file: string, offset = 0): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(
      "NOT_UTF8",
      { file },
      `byte ${offset + findBadByte(bytes)} is not UTF-8`,
      "save the response as UTF-8, as the API sends it",
    );
  }
}

/** Offset of the first byte that cannot go on in UTF-8; the length of the text when it ends within a character. */
function findBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
