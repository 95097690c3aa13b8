import pg from "pg";
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from "typeorm";
import { DatabaseLost } from "./database-lost.js";

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
