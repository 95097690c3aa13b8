import type { AuthorizationRow } from "./authorization-row.js";
import { findLineTables, isPair, type LineTable } from "./line-tables.js";
import type { PageLine } from "./page.js";
import { operationOfPage } from "./page-operation.js";
import type { PageParts } from "./page-parts.js";
import type { TypeRow } from "./page-templates.js";
import { pairRowsOfLines, rowsOfLines, typeRowsOfLines } from "./rows-of-lines.js";
import { isAuthorizationTable, rowsOfTable, typeRowsOfTable } from "./rows-of-tables.js";

/** What a page's tables say of actions and resources, whichever way they keep their cells. */
export interface AuthorizationTables {
  /** Headers of the tables of actions. */
  readonly headers: readonly PageLine[];
  readonly rows: readonly AuthorizationRow[];
  readonly typeRows: readonly TypeRow[];
  /** Tables whose cells stand one below the other. */
  readonly lineTables: readonly LineTable[];
}

/** A page about one operation has a table with levels; older tables are about many. */
export function findAuthorizationTables(parts: PageParts): AuthorizationTables {
  const operation = operationOfPage(parts);
  const lineTables = findLineTables(parts.prose);
  const ofActions = lineTables.filter(({ columns }) => columns.includes("accessLevel"));
  const ofTypes = lineTables.filter(({ columns }) => columns[0] === "resourceType");
  const tables = parts.tables.filter(isAuthorizationTable);
  return {
    headers: [...tables, ...ofActions].map(({ line }) => line),
    rows: [
      ...tables.flatMap((table) => rowsOfTable(table, table.columns.includes("accessLevel") ? operation : undefined)),
      ...ofActions.flatMap((table) => rowsOfLines(table, operation)),
      ...lineTables.filter(({ columns }) => isPair(columns)).flatMap((table) => pairRowsOfLines(table)),
    ],
    typeRows: [...parts.tables.flatMap(typeRowsOfTable), ...ofTypes.flatMap(typeRowsOfLines)],
    lineTables,
  };
}
