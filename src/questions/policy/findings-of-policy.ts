import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";
import { lintPolicy } from "../lint/stored-documents.js";

/** What its source noted about a policy, then what is wrong or noteworthy in its document, each once. */
export function findingsOfPolicy(snapshot: Snapshot, compiled: CompiledPolicy): readonly Finding[] {
  const all = [...(snapshot.findingsOf.get(compiled.key) ?? []), ...lintPolicy(snapshot, compiled)];
  const seen = new Set<string>();
  return all.filter(({ code, pointer, message }) => {
    const identity = JSON.stringify([code, pointer, message]);
    return !seen.has(identity) && seen.add(identity);
  });
}
