import pg from "pg";
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from "typeorm";

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

/** Of servers that stop, crash or start, and of connections that break. */
const CODES = /^(08|57P0[123])|^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
const WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Tells a lost database from all other errors, which are passed on as they are. */
export function explainLoss(error: unknown): unknown {
  const reason: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (reason instanceof pg.DatabaseError) return CODES.test(reason.code ?? "") ? new DatabaseLost(reason) : error;
  if (!(reason instanceof Error)) return error;
  // TypeORM gives a connection back by itself when it breaks between two statements, and the next one finds it gone.
  if (reason instanceof QueryRunnerAlreadyReleasedError) return new DatabaseLost("the connection broke");
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "";
  return CODES.test(code) || WORDS.test(reason.message) ? new DatabaseLost(reason) : error;
}
