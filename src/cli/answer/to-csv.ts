import { stringify } from "csv-stringify/sync";
import type { Rows } from "./rows-of.js";

/**
 * Writes rows as CSV (RFC 4180, with a head line). A cell that a spreadsheet would run as a formula gets an apostrophe before
 * it, for names come from wherever people made them.
 */
export function toCsv({ columns, rows }: Rows): string {
  const lines = rows.map((row) => columns.map((column) => row.get(column) ?? ""));
  return stringify([columns, ...lines], { escape_formulas: true, record_delimiter: "windows" });
}
