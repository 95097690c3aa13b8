import type { Snapshot } from "../../grants/snapshot.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Finding } from "../../policy/finding.js";
import { type ActionChoice, type ResourceChoice, refuse, type Taken } from "./access-question.js";
import { nearestNames } from "./nearest-names.js";
import { operationParts } from "./operation-parts.js";

/**
 * Reads an API operation, `RegisterCaCertificate` or `mq:RegisterCaCertificate`, as all the actions that it needs, dependent
 * actions included.
 */
export function takeOperation(
  snapshot: Snapshot,
  text: string,
  resource: ResourceChoice,
  argument: string,
): Taken<{ readonly choice: ActionChoice; readonly remarks: readonly Finding[] }> {
  const colon = text.indexOf(":");
  const name = asciiLower(text.slice(colon + 1));
  const service = colon === -1 ? undefined : asciiLower(text.slice(0, colon));
  const named = snapshot.catalog.operationsByName.get(name) ?? [];
  const operations = named.filter((operation) => service === undefined || operation.service === service);
  if (operations.length === 0) return refuse(argument, unknownOperation(snapshot, text));
  const services = [...new Set(operations.map((operation) => operation.service))].sort();
  if (services.length > 1) {
    const candidates = services.map((code) => `\`${code}:${operations[0]?.name}\``).join(", ");
    return refuse(argument, `several services have an operation \`${text}\`; choose one of ${candidates}`);
  }
  const { parts, remarks } = operationParts(snapshot, operations, resource);
  return { value: { choice: { mode: "ALL", parts, text, isOperation: true }, remarks } };
}

function unknownOperation({ catalog }: Snapshot, text: string): string {
  const names = [...catalog.operationsByName.values()]
    .flat()
    .map(({ service, name }) => (text.includes(":") ? `${service}:${name}` : name));
  const near = nearestNames(text, new Set(names), 3).map((name) => `\`${name}\``);
  const hint = near.length === 0 ? "ask for an action by `name` instead" : `did you mean ${near.join(" or ")}?`;
  return `the catalog knows no operation \`${text.slice(0, 80)}\`; ${hint}`;
}
