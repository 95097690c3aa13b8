import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";

/** What its source noted about a policy, then what reading its document brought up, each once. */
export function findingsOfPolicy({ findingsOf }: Snapshot, { key, findings }: CompiledPolicy): readonly Finding[] {
  const all = [...(findingsOf.get(key) ?? []), ...findings];
  const seen = new Set<string>();
  return all.filter(({ code, pointer, message }) => {
    const identity = JSON.stringify([code, pointer, message]);
    return !seen.has(identity) && seen.add(identity);
  });
}
