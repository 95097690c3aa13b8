/** A revision, or an instant, of which the database keeps nothing: not yet reached, or before the first. */
export class RevisionNotFound extends Error {
  override readonly name = "RevisionNotFound";

  constructor(
    /** What was asked for: a revision or an RFC 3339 instant. */
    readonly asked: string,
    /** The newest revision there is. */
    readonly newest: string,
    /** For an instant before all of them: when the first was made. */
    first?: string,
  ) {
    const known = first === undefined ? `the newest is ${newest}` : `nothing is known of the time before ${first}`;
    super(`there is no revision for \`${asked}\`; ${known}`);
  }
}
