import type { Key } from "../inventory/keys.js";

/** Raised when the form of ids changes; older ids then name nothing. */
const VERSION = "1";
/** Keys hold names of at most 256 characters; a statement's also a pointer. */
const MAX_ID_LENGTH = 8192;

/** A natural key starts with its kind (`role:…`), so an id can name no object of another type. */
export function encodeId(key: Key): string {
  return Buffer.from(`${VERSION}:${key}`, "utf8").toString("base64url");
}

/** The natural key inside of an id; undefined for any text that `encodeId` never gave. */
export function decodeId(id: string): Key | undefined {
  if (id.length > MAX_ID_LENGTH) return undefined;
  const text = Buffer.from(id, "base64url").toString("utf8");
  if (!text.startsWith(`${VERSION}:`)) return undefined;
  const key = text.slice(VERSION.length + 1);
  return encodeId(key) === id ? key : undefined;
}
