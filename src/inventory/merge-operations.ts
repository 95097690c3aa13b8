import { asciiLower } from "../policy/ascii.js";
import type { CatalogBatch, OperationFact } from "./batch.js";
import type { Operation } from "./catalog.js";
import { inferAccessLevel } from "./infer-access-level.js";
import { operationKey } from "./keys.js";
import { type Settled, settleWhole } from "./settle.js";
import { statedBy } from "./stated.js";

/** The rows of all authorization tables; a row of a newer page replaces the whole row of an older one. */
export function mergeOperations(batches: readonly CatalogBatch[]): Settled<Operation> {
  return settleWhole(
    statedBy(batches, ({ operations }) => operations.map(trimOperation)),
    {
      keyOf: ({ service, name, action }) => operationKey(service, name, action),
      nameOf: ({ name, action }) => `operation \`${name}\` with action \`${action}\``,
    },
  );
}

/** A table without levels leaves them to the verb, as for an action that stands in no table. */
function trimOperation(operation: OperationFact): Operation {
  return {
    ...operation,
    accessLevel: operation.accessLevel ?? inferAccessLevel(operation.action),
    service: asciiLower(operation.service),
    action: operation.action.trim(),
    dependentActions: operation.dependentActions.map((name) => name.trim()),
  };
}
