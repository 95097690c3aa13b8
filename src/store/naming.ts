import { DefaultNamingStrategy, type Table } from "typeorm";

/** Names in the database: `sourceKey` is `source_key`; constraints say what they guard. */
export class SnakeCaseNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  override primaryKeyName(table: Table | string): string {
    return `${nameOf(table)}_pk`;
  }

  override foreignKeyName(table: Table | string, columnNames: string[]): string {
    return `${nameOf(table)}_${columnNames.join("_")}_fk`;
  }
}

/** Without the schema and quotes that TypeORM puts around it. */
const nameOf = (table: Table | string) => (typeof table === "string" ? table : table.name).split(".").at(-1) ?? "";
