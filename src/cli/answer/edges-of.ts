import { isList, isObject, type Json, type JsonObject } from "./rows-of.js";

/** A user, a role, a service: whatever an edge can begin or end at. */
export interface GraphNode {
  /** Tells it from others of its name. */
  readonly key: string;
  readonly name: string;
}

/** One thing leads to another: a principal to a role that it assumes, a service to one that it uses. */
export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly label: string;
}

/**
 * Finds what leads to what in an answer: objects with `from`, `to` or both, as the steps of a path and the dependencies of
 * services are. Where one end is not asked for, it is the thing that the object stands in. Each edge once, in the order of the
 * answer. Things are told apart by `code`, `arn` or `id`, or else by name.
 */
export function edgesOf(data: JsonObject): readonly GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  collect(data, undefined, (edge) => edges.set(JSON.stringify([endsOf(edge), edge.label]), edge));
  const labelled = new Set([...edges.values()].filter(({ label }) => label !== "").map(endsOf));
  return [...edges.values()].filter((edge) => edge.label !== "" || !labelled.has(endsOf(edge)));
}

function endsOf({ from, to }: GraphEdge): string {
  return JSON.stringify([from.key, to.key]);
}

function collect(value: Json, around: GraphNode | undefined, add: (edge: GraphEdge) => void): void {
  if (isList(value)) for (const each of value) collect(each, around, add);
  if (!isObject(value)) return;
  const label = labelOf(value);
  const [from, to] = [endOf(value.from, around, label), endOf(value.to, around, label)];
  const isEdge = value.from !== undefined || value.to !== undefined;
  if (isEdge && from !== undefined && to !== undefined) add({ from, to, label });
  for (const part of Object.values(value)) collect(part, nodeOf(value) ?? around, add);
}

/** An end that is null is nobody that there is yet, such as a user who would be made by the step. */
function endOf(end: Json | undefined, around: GraphNode | undefined, label: string): GraphNode | undefined {
  if (end === undefined) return around;
  return end === null ? { key: `new ${label}`, name: "newly made" } : nodeOf(end);
}

function nodeOf(value: Json | undefined): GraphNode | undefined {
  if (!isObject(value)) return undefined;
  const name = firstText([value.code, value.name, value.arn, value.serviceName, value.identifier]);
  if (name === undefined) return undefined;
  const account = isObject(value.account) ? value.account.alias : undefined;
  const shown = typeof account === "string" ? `${account}/${name}` : name;
  return { key: firstText([value.code, value.arn, value.id]) ?? shown, name: shown };
}

function firstText(values: readonly (Json | undefined)[]): string | undefined {
  return values.find((each) => typeof each === "string");
}

/** By what the step is taken, whether it can be, and by which role. */
function labelOf({ decision, decisions, role, kind, means }: JsonObject): string {
  const verdict = isObject(decision) ? decision.verdict : verdictOfAll(decisions);
  return [kind, means, verdict, nodeOf(role)?.name].filter((each) => typeof each === "string").join(" ");
}

/** Of several calls, all of which a step takes: what is the matter with any of them, else that they are allowed. */
function verdictOfAll(decisions: Json | undefined): string | undefined {
  if (!isList(decisions)) return undefined;
  const verdicts = decisions.flatMap((each) =>
    isObject(each) && typeof each.verdict === "string" ? [each.verdict] : [],
  );
  const matters = [...new Set(verdicts)].filter((verdict) => verdict !== "ALLOWED");
  return matters.length > 0 ? matters.join(", ") : verdicts[0];
}
