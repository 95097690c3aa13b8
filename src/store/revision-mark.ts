import { instant } from "./instant.js";

/**
 * One state of the primary, told apart from every other: a primary that lost its last commits counts the same numbers
 * again, at other instants.
 */
export interface RevisionMark {
  /** Decimal number as text. */
  readonly revision: string;
  /** RFC 3339 instant. */
  readonly committedAt: string;
  /** How often an account has been erased from history, as digits: that makes no revision. */
  readonly erasures: string;
}

/** The newest state of a server, with all that may change of earlier ones. */
export interface NewestMark extends RevisionMark {
  /** The oldest revision that is kept, as digits: pruning makes no revision either. */
  readonly oldest: string;
}

/** SQL for the newest state of a server, and what that server is; one statement sees one state. */
export const NEWEST_MARK = `
  SELECT log.revision::text, ${instant("log.committed_at")} AS "committedAt", erasures::text, oldest_revision::text AS oldest,
         pg_is_in_recovery() AS "isReplica", pg_backend_pid() AS pid
  FROM revision_log AS log, history_floor ORDER BY log.revision DESC LIMIT 1`;

/** SQL for what a server knows of the revision `$1`. */
export const KNOWN_MARK = `
  SELECT ${instant("committed_at")} AS "committedAt", erasures::text FROM revision_log, history_floor WHERE revision = $1`;

/** A replica has not yet got what it was asked for, or follows a primary that is none any more. */
export class ReplicaBehind extends Error {
  override readonly name = "ReplicaBehind";

  constructor({ revision, committedAt }: RevisionMark) {
    super(`revision ${revision} of ${committedAt} is not there`);
  }
}

/** Are these the same facts? */
export function isSameRevision(
  a: Pick<RevisionMark, "revision" | "committedAt">,
  b: Pick<RevisionMark, "revision" | "committedAt">,
): boolean {
  return a.revision === b.revision && a.committedAt === b.committedAt;
}
