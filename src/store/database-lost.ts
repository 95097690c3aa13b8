/** The database went away in the middle of something. The message is one sentence and never holds the password. */
export class DatabaseLost extends Error {
  override readonly name = "DatabaseLost";

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `the database went away (${reason}); what was under way is there whole or not at all, and to run it again does no harm`,
      { cause },
    );
  }
}
