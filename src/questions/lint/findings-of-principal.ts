import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Finding } from "../../policy/finding.js";
import { PRINCIPAL_RULES } from "./principal-rules.js";
import { lintPolicy, lintTrust } from "./stored-documents.js";

/** A finding with the fact that it is about. */
export interface SubjectFinding {
  readonly finding: Finding;
  readonly subject: Key;
}

/**
 * What is wrong or noteworthy about a user or role: what its source noted, what the rules find in how it is set up, its trust
 * policy, and the documents of all policies that reach it, each policy once.
 */
export function findingsOfPrincipal(snapshot: Snapshot, principal: CompiledPrincipal): readonly SubjectFinding[] {
  const { key } = principal;
  const noted = (snapshot.findingsOf.get(key) ?? []).map((finding) => ({ finding, subject: finding.subject ?? key }));
  const ruled = PRINCIPAL_RULES.flatMap(({ code, severity, find }) =>
    find(snapshot, principal).map(({ message, subject = key }) => ({ finding: { code, severity, message }, subject })),
  );
  const role = snapshot.roles.get(key);
  const trust = role === undefined ? [] : lintTrust(snapshot, role).map((finding) => ({ finding, subject: key }));
  return [...noted, ...ruled, ...trust, ...findingsOfDocuments(snapshot, key)];
}

function findingsOfDocuments(snapshot: Snapshot, principal: Key): readonly SubjectFinding[] {
  const policies = new Set(reachesOf(snapshot, principal).map(({ policy }) => policy));
  return [...policies].flatMap((subject) => {
    const compiled = snapshot.policies.get(subject);
    return compiled === undefined ? [] : lintPolicy(snapshot, compiled).map((finding) => ({ finding, subject }));
  });
}
