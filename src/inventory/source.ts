import type { Finding } from "../policy/finding.js";
import type { Key } from "./keys.js";

/** `HYPOTHETICAL`: facts that a question supposes; never stored. */
export type SourceKind = "DOCUMENTATION_PAGE" | "ACCOUNT_EXPORT" | "LIVE_ACCOUNT" | "HYPOTHETICAL";

/** Where facts come from: one page, or one account's export. A newer reading of the same source replaces the older. */
export interface Source {
  readonly key: Key;
  readonly kind: SourceKind;
  readonly title: string;
  /** Address of the page; absent for exports. */
  readonly uri?: string;
  /** Lower-case hex digest of the bytes that were read. */
  readonly sha256: string;
  /**
   * Digest of the page that the facts were taken from, where the source is not the page itself but a file of the shipped catalog.
   */
  readonly pageSha256?: string;
  /** When the source says it was last changed, as an ISO 8601 date or instant. */
  readonly updatedAt?: string;
  /** RFC 3339 instant of the import; absent until it is stored. */
  readonly importedAt?: string;
}

/** True where two sources hold what the same bytes of one page say, perhaps in other words. */
export function isSamePage(a: Source, b: Source): boolean {
  return (a.pageSha256 ?? a.sha256) === (b.pageSha256 ?? b.sha256);
}

/** A finding that belongs to a source and, where one fact is meant, to that fact. */
export interface SourceFinding extends Finding {
  readonly sourceKey: Key;
  /** Key of the fact concerned. */
  readonly subject?: Key;
}

export type GapReason =
  | "ACCOUNT_NOT_IMPORTED"
  | "POLICY_DOCUMENT_MISSING"
  | "POLICY_UNREADABLE"
  | "CONTROL_POLICIES_NOT_IMPORTED"
  | "RESOURCE_POLICIES_NOT_IMPORTED"
  | "RESOURCE_GROUP_UNKNOWN"
  | "RESOURCES_NOT_IMPORTED"
  | "SERVICE_NOT_IN_CATALOG";

/** A kind of fact that was not seen. */
export interface Gap {
  readonly reason: GapReason;
  /** What is missing: an account id, a policy name, a service code. */
  readonly subject: string;
  /** One plain sentence. */
  readonly detail: string;
  /** The account that it belongs to, where it is one account's. */
  readonly accountId?: string;
}
