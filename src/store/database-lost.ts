/** The database went away, or kept us waiting for too long, in the middle of something. The message is one sentence and never holds the password. */
export class DatabaseLost extends Error {
  override readonly name = "DatabaseLost";

  /** @param what happened, in words */
  constructor(cause: unknown, what = "went away") {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `the database ${what} (${reason}); what was under way is there whole or not at all, and to run it again does no harm`,
      { cause },
    );
  }
}
