import { asciiLower } from "../policy/ascii.js";
import type { CatalogBatch } from "./batch.js";
import type { Operation } from "./catalog.js";
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

function trimOperation(operation: Operation): Operation {
  return {
    ...operation,
    service: asciiLower(operation.service),
    action: operation.action.trim(),
    dependentActions: operation.dependentActions.map((name) => name.trim()),
  };
}
