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
  const joined = new Map<Key, OperationFact>();
  const findings: BatchFinding[] = [];
  for (const { line, operation } of rows) {
    const key = operationKey(operation.service, operation.name, operation.action);
    const before = joined.get(key);
    joined.set(key, before === undefined ? operation : join(before, operation));
    if (before !== undefined) findings.push(joinFinding(line, before, operation));
  }
  return { operations: [...joined.values()], findings };
}

function join(one: OperationFact, other: OperationFact): OperationFact {
  const isKnown = one.resources.length > 0 && other.resources.length > 0;
  const resources = new Map([...one.resources, ...other.resources].map((each) => [JSON.stringify(each), each]));
  return {
    ...one,
    resources: isKnown ? [...resources.values()] : [],
    conditionKeys: [...new Set([...one.conditionKeys, ...other.conditionKeys])],
    dependentActions: [...new Set([...one.dependentActions, ...other.dependentActions])],
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
