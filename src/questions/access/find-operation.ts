import type { Snapshot } from "../../grants/snapshot.js";
import type { Operation } from "../../inventory/catalog.js";
import { actionKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { refuse, type Taken } from "./access-question.js";
import { nearestNames } from "./nearest-names.js";

/**
 * The rows of the catalog for one API operation, `RegisterCaCertificate` or `mq:RegisterCaCertificate`: one for each action
 * that it needs, or several. A name that nobody or several services have is refused with the candidates.
 */
export function findOperation(snapshot: Snapshot, text: string, argument: string): Taken<readonly Operation[]> {
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
  return { value: operations };
}

function unknownOperation({ catalog }: Snapshot, text: string): string {
  const shown = text.slice(0, 80);
  const guarded = catalog.operationsOfAction.get(actionKey(text)) ?? [];
  if (guarded.length > 0) {
    const names = [...new Set(guarded.map(({ service, name }) => `\`${service}:${name}\``))];
    return `\`${shown}\` is an action and no operation; it guards ${names.join(", ")}`;
  }
  const names = [...catalog.operationsByName.values()]
    .flat()
    .map(({ service, name }) => (text.includes(":") ? `${service}:${name}` : name));
  const near = nearestNames(text, new Set(names), 3).map((name) => `\`${name}\``);
  const hint = near.length === 0 ? "`service(code:) { operations }` lists them" : `did you mean ${near.join(" or ")}?`;
  return `the catalog knows no operation \`${shown}\`; ${hint}`;
}
