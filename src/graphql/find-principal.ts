import type { CompiledPrincipal } from "../grants/compiled-principal.js";
import { keyInPlainArn } from "../grants/find-by-arn.js";
import type { Snapshot } from "../grants/snapshot.js";
import { resolveReference } from "./resolve-reference.js";

/** The user or role that an argument names by global id or ARN; undefined when nobody is named so. */
export function findPrincipal(snapshot: Snapshot, reference: string): CompiledPrincipal | undefined {
  const spelt = keyInPlainArn(reference);
  const found = spelt === undefined ? undefined : snapshot.principalByKey.get(spelt);
  if (found !== undefined) return found;
  const key = resolveReference(snapshot, reference);
  return key === undefined ? undefined : snapshot.principalByKey.get(key);
}
