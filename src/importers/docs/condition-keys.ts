import type { OperationFact } from "../../inventory/batch.js";
import type { ConditionKey } from "../../inventory/catalog.js";
import { asciiLower } from "../../policy/ascii.js";
import { bare, CONDITION_KEY, linesOf } from "./authorization-row.js";
import type { LineTable } from "./line-tables.js";
import type { Table } from "./page-tables.js";

/** Condition keys that a page defines in tables of their own, and behind them those that rows of operations name. */
export function conditionKeysOf(
  tables: readonly Table[],
  lineTables: readonly LineTable[],
  operations: readonly OperationFact[],
): ConditionKey[] {
  const keys = new Map<string, ConditionKey>();
  const stated = [...tables.flatMap(keysOfTable), ...lineTables.flatMap(keysOfLines)];
  const named = operations.flatMap(({ conditionKeys }) => conditionKeys.map(keyOf));
  for (const key of [...stated, ...named]) {
    if (!keys.has(asciiLower(key.name))) keys.set(asciiLower(key.name), key);
  }
  return [...keys.values()];
}

function keysOfTable({ columns, rows }: Table): ConditionKey[] {
  if (columns[0] !== "conditionKey") return [];
  return rows.flatMap(({ cells }) => {
    const [name, ...more] = linesOf(cells[0] ?? "");
    if (name === undefined || more.length > 0 || !CONDITION_KEY.test(name)) return [];
    const valueType = cells[columns.indexOf("valueType")]?.trim() ?? "";
    return [{ ...keyOf(name), ...(valueType === "" ? {} : { valueType }) }];
  });
}

/** Among the lines of such a table only a key stands alone on its line. */
function keysOfLines({ columns, body }: LineTable): ConditionKey[] {
  if (columns[0] !== "conditionKey") return [];
  const end = body.findIndex(({ text }) => text.includes("?"));
  const lines = body.slice(0, end < 0 ? undefined : end).map(({ text }) => bare(text));
  return lines.filter((line) => CONDITION_KEY.test(line)).map(keyOf);
}

/** Keys that begin with `acs:` are common to all services. */
function keyOf(name: string): ConditionKey {
  const service = asciiLower(name.split(":")[0] ?? "");
  return service === "acs" || service === "" ? { name } : { name, service };
}
