import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { PRINCIPAL_RULES } from "./principal-rules.js";
import { lintSubjects, type SubjectFinding } from "./stored-documents.js";

/**
 * What is wrong or noteworthy about a user or role: what its source noted, what the rules find in how it is set up, its trust
 * policy, and the documents of all policies that reach it, each policy once. Yields while it looks.
 */
export function* findingsOfPrincipal(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
): Generator<undefined, readonly SubjectFinding[], undefined> {
  const { key } = principal;
  const noted = (snapshot.findingsOf.get(key) ?? []).map((finding) => ({ finding, subject: finding.subject ?? key }));
  const found: SubjectFinding[] = [...noted];
  for (const { code, severity, find } of PRINCIPAL_RULES) {
    yield undefined;
    const remarks = find(snapshot, principal);
    found.push(...remarks.map(({ message, subject = key }) => ({ finding: { code, severity, message }, subject })));
  }
  const policies = new Set(reachesOf(snapshot, key).map(({ policy }) => policy));
  const own = snapshot.roles.has(key) ? [key] : [];
  return [...found, ...(yield* lintSubjects(snapshot, [...own, ...policies]))];
}
