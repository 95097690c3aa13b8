import pg from "pg";
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from "typeorm";
import { DatabaseLost } from "./database-lost.js";

/** Of statements and locks that take longer than we wait, and of disks without room. */
const TROUBLES: Readonly<Record<string, string>> = {
  "57014": "was too slow",
  "55P03": "had a table locked for too long",
  "53100": "has no room left on its disk",
};
/** Of servers that stop, crash or start, and of connections that break. */
const CODES = /^(08|57P0[123])|^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
const WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Tells a lost database from all other errors, which are passed on as they are. */
export function explainLoss(error: unknown): unknown {
  const reason: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (reason instanceof pg.DatabaseError) {
    const trouble = isTooLarge(reason) ? TROUBLES["53100"] : TROUBLES[reason.code ?? ""];
    if (trouble !== undefined) return new DatabaseLost(reason, trouble);
    return CODES.test(reason.code ?? "") ? new DatabaseLost(reason) : error;
  }
  if (!(reason instanceof Error)) return error;
  // TypeORM gives a connection back by itself when it breaks between two statements, and the next one finds it gone.
  if (reason instanceof QueryRunnerAlreadyReleasedError) return new DatabaseLost("the connection broke");
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "";
  return CODES.test(code) || WORDS.test(reason.message) ? new DatabaseLost(reason) : error;
}

/** A quota or limit of the operating system ends a file as a full disk does, and Postgres has no code for it. */
const isTooLarge = ({ message }: Error) => /^could not (extend|write to) file .*: File too large$/.test(message);
