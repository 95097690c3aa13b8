import type { CompiledPrincipal } from "../grants/compiled-principal.js";
import { keyInPlainArn } from "../grants/find-by-arn.js";
import type { Snapshot } from "../grants/snapshot.js";
import { resolveReference } from "./resolve-reference.js";

/** Most principals that are remembered of a snapshot; all go when there are more. */
const MOST = 10_000;

/** By their ARNs as they are written here, of which no question's text is held. */
const FOUND = new WeakMap<Snapshot, Map<string, CompiledPrincipal>>();

/** The user or role that an argument names by global id or ARN; undefined when nobody is named so. */
export function findPrincipal(snapshot: Snapshot, reference: string): CompiledPrincipal | undefined {
  const found = FOUND.get(snapshot) ?? new Map<string, CompiledPrincipal>();
  const known = found.get(reference);
  if (known !== undefined) return known;
  const principal = lookFor(snapshot, reference);
  const arn = principal?.arn;
  if (principal === undefined || arn !== reference) return principal;
  if (found.size >= MOST) found.clear();
  if (found.size === 0) FOUND.set(snapshot, found);
  found.set(arn, principal);
  return principal;
}

function lookFor(snapshot: Snapshot, reference: string): CompiledPrincipal | undefined {
  const spelt = keyInPlainArn(reference);
  const found = spelt === undefined ? undefined : snapshot.principalByKey.get(spelt);
  if (found !== undefined) return found;
  const key = resolveReference(snapshot, reference);
  return key === undefined ? undefined : snapshot.principalByKey.get(key);
}
