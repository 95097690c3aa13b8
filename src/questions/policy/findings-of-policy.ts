import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";
import { idleDenies } from "../lint/idle-deny.js";
import { lintPolicy } from "../lint/stored-documents.js";

/**
 * What its source noted about a policy, then what is wrong or noteworthy in its document and in whom it reaches, each once. Yields
 * while it looks.
 */
export function* findingsOfPolicy(
  snapshot: Snapshot,
  compiled: CompiledPolicy,
): Generator<undefined, readonly Finding[], undefined> {
  const noted = snapshot.findingsOf.get(compiled.key) ?? [];
  const all = [...noted, ...(yield* lintPolicy(snapshot, compiled)), ...(yield* idleDenies(snapshot, compiled))];
  const seen = new Set<string>();
  return all.filter(({ code, pointer, message }) => {
    const identity = JSON.stringify([code, pointer, message]);
    return !seen.has(identity) && seen.add(identity);
  });
}
