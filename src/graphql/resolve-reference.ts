import { findByArn } from "../grants/find-by-arn.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import { decodeId } from "./global-id.js";

/**
 * The key that an argument of type ID means: an ARN of RAM, else a global id. Whether there is a fact of that key is for
 * the caller to see.
 */
export function resolveReference(snapshot: Snapshot, reference: string): Key | undefined {
  return /^acs:/i.test(reference) ? findByArn(snapshot, reference) : decodeId(reference);
}
