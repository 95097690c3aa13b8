/** The database cannot be used at all. The message is one sentence and never holds the password. */
export class DatabaseUnreachable extends Error {
  override readonly name = "DatabaseUnreachable";

  constructor(url: string, cause: unknown) {
    super(`cannot reach the database at ${placeOf(url)}: ${reasonOf(cause)}; check that it runs, and DATABASE_URL`);
  }
}

function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port === "" ? "5432" : port}${pathname}`;
  } catch {
    return "an address that is no URL of the form postgres://user:password@host:port/database";
  }
}

/** A host with several addresses fails with one error for each, and no message of its own. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === "") return cause.errors.map(reasonOf).join(", ");
  return cause instanceof Error ? cause.message : String(cause);
}
