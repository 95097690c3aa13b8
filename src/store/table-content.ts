import type { ObjectLiteral } from "typeorm";
import type { Row } from "./entities/row.js";

/** Which rows a writer answers for: an SQL condition on the table's columns, with `$1`, `$2` … */
export interface Scope {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What one table should hold within a scope. */
export interface TableContent {
  readonly entity: new () => ObjectLiteral;
  readonly rows: Iterable<ObjectLiteral>;
  readonly scope: Scope;
  /** Properties that are written with a change but make none, e.g. the time of the import. */
  readonly incidental: readonly string[];
  /** True when its rows lie in the temporary table already. */
  readonly isStaged?: boolean;
}

/** Pairs an entity with its rows, so that the two cannot be mismatched. */
export function contentOf<E extends ObjectLiteral>(
  entity: new () => E,
  rows: Iterable<Row<E>>,
  scope: Scope,
  incidental: readonly (keyof Row<E> & string)[] = [],
): TableContent {
  return { entity, rows, scope, incidental };
}
