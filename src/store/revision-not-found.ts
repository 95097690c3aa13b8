/** A revision, or an instant, of which the database keeps nothing: not yet reached, or before the first. */
export class RevisionNotFound extends Error {
  override readonly name = "RevisionNotFound";

  constructor(
    /** What was asked for: a revision or an RFC 3339 instant. */
    readonly asked: string,
    /** The newest revision there is. */
    readonly newest: string,
  ) {
    super(`there is no revision for \`${asked}\`; the newest is ${newest}`);
  }
}
