import type { DataSource, EntityTarget, ObjectLiteral } from "typeorm";

export interface TableColumn {
  /** Name in the row objects. */
  readonly property: string;
  /** Name in the database, quoted. */
  readonly name: string;
  /** SQL type, e.g. `text[]`. */
  readonly type: string;
}

/** A table as the entity declares it, without the stamp that the database sets itself. */
export interface Table {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** Quoted names of the primary key's columns. */
  readonly keys: readonly string[];
  /** True when changes make revisions and history is kept. */
  readonly isTracked: boolean;
}

export function describeTable(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): Table {
  const metadata = dataSource.getMetadata(entity);
  const columns = metadata.columns
    .filter((column) => column.propertyName !== "sinceRevision")
    .map((column) => ({
      property: column.propertyName,
      name: quote(column.databaseName),
      type: `${dataSource.driver.normalizeType(column)}${column.isArray ? "[]" : ""}`,
    }));
  return {
    name: metadata.tableName,
    columns,
    keys: metadata.primaryColumns.map((column) => quote(column.databaseName)),
    isTracked: columns.length < metadata.columns.length,
  };
}

const quote = (name: string) => `"${name}"`;
