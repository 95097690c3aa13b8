/** A revision, or an instant, that lies before what history keeps. */
export class RevisionExpired extends Error {
  override readonly name = "RevisionExpired";

  constructor(
    /** What was asked for: a revision or an RFC 3339 instant. */
    readonly asked: string,
    /** The oldest revision that is kept, and since when it held. */
    readonly oldest: { readonly revision: string; readonly committedAt: string },
  ) {
    super(
      `\`${asked}\` lies before what is kept; the oldest revision is \`${oldest.revision}\`, of ${oldest.committedAt}`,
    );
  }
}
