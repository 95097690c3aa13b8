import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";
import type { ActionChoice, ResourceChoice, Taken } from "./access-question.js";
import { findOperation } from "./find-operation.js";
import { operationParts } from "./operation-parts.js";

/** Reads an API operation as all the actions that it needs, dependent actions included. */
export function takeOperation(
  snapshot: Snapshot,
  text: string,
  resource: ResourceChoice,
  argument: string,
): Taken<{ readonly choice: ActionChoice; readonly remarks: readonly Finding[] }> {
  const operations = findOperation(snapshot, text, argument);
  if ("refusal" in operations) return operations;
  const { parts, remarks } = operationParts(snapshot, operations.value, resource);
  return { value: { choice: { mode: "ALL", parts, text, isOperation: true }, remarks } };
}
