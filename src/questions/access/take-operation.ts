import type { Snapshot } from "../../grants/snapshot.js";
import type { Operation } from "../../inventory/catalog.js";
import { actionKey } from "../../inventory/keys.js";
import { coversResource, UNSCOPED } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Finding } from "../../policy/finding.js";
import { type ActionChoice, type ActionPart, type ResourceChoice, refuse, type Taken } from "./access-question.js";
import { actionPart } from "./action-part.js";
import { nearestNames } from "./nearest-names.js";
import { templatePattern } from "./template-pattern.js";

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
  const parts = new Map<string, ActionPart>();
  for (const action of operations.map((operation) => operation.action))
    parts.set(actionKey(action), actionPart(snapshot, action));
  for (const part of prerequisitesOf(snapshot, operations, resource)) {
    if (!parts.has(actionKey(part.name))) parts.set(actionKey(part.name), part);
  }
  return { value: { choice: { mode: "ALL", parts: [...parts.values()], text, isOperation: true }, remarks: [] } };
}

function unknownOperation({ catalog }: Snapshot, text: string): string {
  const names = [...catalog.operationsByName.values()]
    .flat()
    .map(({ service, name }) => (text.includes(":") ? `${service}:${name}` : name));
  const near = nearestNames(text, new Set(names), 3).map((name) => `\`${name}\``);
  const hint = near.length === 0 ? "ask for an action by `name` instead" : `did you mean ${near.join(" or ")}?`;
  return `the catalog knows no operation \`${text.slice(0, 80)}\`; ${hint}`;
}

/** The actions that operations depend on, to the end, each asked about the resource that it takes. */
export function prerequisitesOf(
  snapshot: Snapshot,
  operations: readonly Operation[],
  resource: ResourceChoice,
): readonly ActionPart[] {
  const found = new Map<string, ActionPart>();
  const open = operations.flatMap(({ dependentActions }) => dependentActions);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const key = actionKey(name);
    if (found.has(key)) continue;
    const own = snapshot.catalog.operationsOfAction.get(key) ?? [];
    found.set(key, { ...actionPart(snapshot, name), resource: resourceFor(own, resource) });
    open.push(...own.flatMap(({ dependentActions }) => dependentActions));
  }
  return [...found.values()];
}

/**
 * Pages name only the dependent actions, not their resources: they are asked about the question's resource where one of
 * their types fits it, else about no resource in particular.
 */
function resourceFor(operations: readonly Operation[], asked: ResourceChoice): ResourceChoice {
  if (asked.form !== "EACH" || operations.length === 0) return asked;
  const templates = operations.flatMap(({ resources }) =>
    resources.map(({ arnTemplate }) => templatePattern(arnTemplate)),
  );
  const typed = templates.filter(({ form }) => form !== "ANY");
  const fits = asked.resources.every((resource) => typed.some((template) => coversResource(template, resource)));
  return fits ? asked : { form: "EACH", resources: [UNSCOPED], text: "*" };
}
