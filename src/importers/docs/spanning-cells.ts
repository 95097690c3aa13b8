/** A cell of an HTML table as it is written: its words, and how many columns and rows it covers. */
export interface WrittenCell {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Stands where a cell that covers several columns goes on: what it says of each of them nobody knows. */
export const GOES_ON = "↔";

/** Wider and longer cells are none of a page's; the rest of such a row is left empty or is not repeated. */
const MOST_COLUMNS = 60;
const LONGEST_REPEATED = 500;
const SAYS_NOTHING = /^(?:none|n\/a|无|-|--|—)?$/i;

/** What a column holds in one row, and what it holds in how many rows below. */
interface Column {
  readonly text: string;
  readonly below: string;
  readonly left: number;
}

/** Gives the rows of one table cells for every column, also where a cell of a row above reaches down. */
export function spanCells(): (row: readonly WrittenCell[]) => string[] {
  let above: readonly Column[] = [];
  return (row) => {
    const columns: Column[] = [];
    const goOn = (): void => {
      for (let one = above[columns.length]; one !== undefined && one.left > 0; one = above[columns.length])
        columns.push({ text: one.below, below: one.below, left: one.left - 1 });
    };
    for (const cell of row) {
      goOn();
      columns.push(...columnsOf(cell));
    }
    goOn();
    // What reaches down from row after row must not make each row wider than the one above.
    above = columns.slice(0, MOST_COLUMNS);
    return columns.map(({ text }) => text);
  };
}

function columnsOf({ text, width, height }: WrittenCell): Column[] {
  const further = SAYS_NOTHING.test(text) ? text : GOES_ON;
  const below = text.length > LONGEST_REPEATED ? GOES_ON : text;
  return Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, column) =>
    column === 0 ? { text, below, left: height - 1 } : { text: further, below: further, left: height - 1 },
  );
}
