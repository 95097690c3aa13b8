import { isObject, type Json, type JsonObject } from "./rows-of.js";

/** One thing leads to another: a principal to a role that it assumes, a service to one that it uses. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/**
 * Finds what leads to what in an answer: objects with `from`, `to` or both, as the steps of a path and the dependencies of
 * services are. Where one end is missing, it is the thing that the object stands in. Each edge once, in the order of the answer.
 */
export function edgesOf(data: JsonObject): readonly GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  collect(data, undefined, (edge) => edges.set(JSON.stringify(edge), edge));
  const labelled = new Set([...edges.values()].filter(({ label }) => label !== "").map(endsOf));
  return [...edges.values()].filter((edge) => edge.label !== "" || !labelled.has(endsOf(edge)));
}

function endsOf({ from, to }: GraphEdge): string {
  return JSON.stringify([from, to]);
}

function collect(value: Json, around: string | undefined, add: (edge: GraphEdge) => void): void {
  if (Array.isArray(value)) for (const each of value) collect(each, around, add);
  if (!isObject(value)) return;
  const [from, to] = [nameOf(value.from), nameOf(value.to)];
  const edge = { from: from ?? around, to: to ?? around, label: labelOf(value) };
  if ((from ?? to) !== undefined && edge.from !== undefined && edge.to !== undefined) {
    add({ from: edge.from, to: edge.to, label: edge.label });
  }
  for (const part of Object.values(value)) collect(part, nameOf(value) ?? around, add);
}

function nameOf(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const name = [value.code, value.name, value.arn, value.serviceName, value.identifier].find(
    (each) => typeof each === "string",
  );
  const account = isObject(value.account) ? value.account.alias : undefined;
  return typeof name !== "string" ? undefined : typeof account === "string" ? `${account}/${name}` : name;
}

function labelOf({ decision, role, kind }: JsonObject): string {
  const verdict = isObject(decision) && typeof decision.verdict === "string" ? decision.verdict : undefined;
  return [typeof kind === "string" ? kind : undefined, verdict, nameOf(role)]
    .filter((each) => each !== undefined)
    .join(" ");
}
