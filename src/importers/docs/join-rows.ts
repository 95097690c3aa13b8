import type { BatchFinding, OperationFact } from "../../inventory/batch.js";
import { actionKey, type Key, operationKey } from "../../inventory/keys.js";
import { noteLine, type PageLine } from "./page.js";

export interface ReadOperation {
  readonly line: PageLine;
  readonly operation: OperationFact;
}

export interface JoinedRows {
  readonly operations: readonly OperationFact[];
  readonly findings: readonly BatchFinding[];
}

/** Joins rows of one page about the same operation and action: each of them may list other resources. */
export function joinRows(rows: readonly ReadOperation[]): JoinedRows {
  const groups = new Map<Key, [ReadOperation, ...ReadOperation[]]>();
  for (const row of rows) {
    const { service, name, action } = row.operation;
    const group = groups.get(operationKey(service, name, action));
    if (group === undefined) groups.set(operationKey(service, name, action), [row]);
    else group.push(row);
  }
  const joined = [...groups.values()];
  return {
    operations: joined.map((group) =>
      join(
        group[0].operation,
        group.map(({ operation }) => operation),
      ),
    ),
    findings: joined.flatMap(([first, ...others]) =>
      others.map(({ line, operation }) => joinFinding(line, first.operation, operation)),
    ),
  };
}

function join(first: OperationFact, all: readonly OperationFact[]): OperationFact {
  if (all.length === 1) return first;
  const isKnown = all.every(({ resources }) => resources.length > 0);
  const resources = new Map(all.flatMap((one) => one.resources.map((each) => [JSON.stringify(each), each])));
  return {
    ...first,
    resources: isKnown ? [...resources.values()] : [],
    conditionKeys: [...new Set(all.flatMap(({ conditionKeys }) => conditionKeys))],
    dependentActions: [...new Set(all.flatMap(({ dependentActions }) => dependentActions))],
  };
}

function joinFinding(line: PageLine, one: OperationFact, other: OperationFact): BatchFinding {
  const isSame = one.accessLevel === other.accessLevel;
  const levels = isSame
    ? ""
    : `; access level \`${other.accessLevel ?? ""}\` gives way to \`${one.accessLevel ?? ""}\``;
  const message = `operation \`${one.name}\` with action \`${one.action}\` has a row above; the two were joined${levels}`;
  const finding = noteLine(line, "ROWS_JOINED", isSame ? "SUGGESTION" : "WARNING", message);
  return { ...finding, subject: actionKey(one.action) };
}
