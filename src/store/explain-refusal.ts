import pg from "pg";
import { QueryFailedError } from "typeorm";
import { ImportRefused } from "./import-refused.js";

/** What the database's complaints mean for the one who imports; other errors are passed on as they are. */
export function explainRefusal(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const reason: unknown = error.driverError;
  if (!(reason instanceof pg.DatabaseError)) return error;
  const sentence = sentenceFor(reason);
  return sentence === undefined ? error : new ImportRefused(`the import is refused: ${sentence}; nothing was written`);
}

function sentenceFor(error: pg.DatabaseError): string | undefined {
  const table = error.table?.replace(/^staged_/, "") ?? "fact";
  switch (error.code) {
    case "23505":
      return `the source states one ${table} twice (${error.detail})`;
    case "23503":
      return `a ${table} names a fact that no source states (${error.detail})`;
    case "23502":
    case "23514":
    case "23P01":
      return `a ${table} breaks the rule \`${error.constraint ?? error.message}\``;
    case "22P02":
    case "22P05":
    case "22021":
      return "a text holds a NUL or half of a surrogate pair, which cannot be kept as it is";
    case "22007":
    case "22008":
      return `an instant cannot be kept (${error.message})`;
    default:
      return undefined;
  }
}
