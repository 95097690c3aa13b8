import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Severity } from "../../policy/finding.js";

/** One thing to look for in users and roles, beyond the documents that they carry. */
export interface PrincipalRule {
  /** Stable, upper case with underscores. */
  readonly code: string;
  readonly severity: Severity;
  readonly why: string;
  readonly mend: string;
  readonly find: (snapshot: Snapshot, principal: CompiledPrincipal) => readonly PrincipalRemark[];
}

export interface PrincipalRemark {
  readonly message: string;
  /** Key of the fact that it is about; left out, the principal itself. */
  readonly subject?: Key;
}
