import Table from "cli-table3";
import type { Rows } from "./rows-of.js";
import { showText } from "./show-text.js";

const MIN_WIDTH = 8;

/**
 * Draws rows as a table for a terminal.
 *
 * @param width columns of the terminal; long texts are broken to fit it
 */
export function toTable({ columns, rows }: Pick<Rows, "columns" | "rows">, width: number): string {
  const head = columns.map(showText);
  const lines = rows.map((row) => columns.map((column) => showText(row.get(column) ?? "")));
  const wanted = head.map((title, at) => 2 + Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const table = new Table({
    head,
    colWidths: [...narrow(wanted, width - columns.length - 1)],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
    // Lines between rows would double the height of every answer.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  table.push(...lines);
  return table.toString();
}

/** Takes from the widest until all fit. */
function narrow(wanted: readonly number[], width: number): readonly number[] {
  const widths = [...wanted];
  let spare = widths.reduce((sum, each) => sum + each, 0) - width;
  while (spare > 0) {
    const widest = Math.max(...widths);
    if (widest <= MIN_WIDTH) break;
    const next = Math.max(MIN_WIDTH, ...widths.filter((each) => each < widest));
    const at = widths.indexOf(widest);
    const cut = Math.min(spare, Math.max(1, widest - next));
    widths[at] = widest - cut;
    spare -= cut;
  }
  return widths;
}
