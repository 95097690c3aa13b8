import { objectOfAction } from "../../policy/action-pattern.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Check, MatchOutcome } from "../../policy/check.js";
import { checksOf } from "../../policy/explain-statement.js";
import type { Grant } from "../../policy/grant.js";
import { outcomeOf } from "../../policy/outcome-of.js";
import type { PointRequest } from "../../policy/request.js";
import type { Decision } from "./decision.js";

/** A statement held against one request of the question. */
export interface TraceEntry {
  readonly grant: Grant;
  readonly request: PointRequest;
  readonly outcome: MatchOutcome;
  readonly checks: readonly Check[];
}

/** Most readers want to know which statements apply, and only of few of them why. Not to be spread. */
class LazyEntry implements TraceEntry {
  declare readonly grant: Grant;
  declare readonly request: PointRequest;
  declare private found: MatchOutcome | undefined;
  declare private held: readonly Check[] | undefined;

  constructor(grant: Grant, request: PointRequest) {
    this.grant = grant;
    this.request = request;
    this.found = undefined;
    this.held = undefined;
  }

  get outcome(): MatchOutcome {
    this.found ??= outcomeOf(this.grant, this.request);
    return this.found;
  }

  get checks(): readonly Check[] {
    this.held ??= checksOf(this.grant, this.request);
    return this.held;
  }
}

/**
 * Every statement that was weighed, layer by layer, held against the request that settled the question: for each action
 * the resource that came out worst, or best where any suffices. Identity policies are shown whole.
 */
export function traceOf(decision: Decision): readonly TraceEntry[] {
  const own = decision.grants();
  const entries: TraceEntry[] = [];
  for (const { request, layers } of decision.settlingPoints()) {
    for (const { grants } of layers.bounds) addEntries(entries, grants, request);
    if (typeof layers.identity !== "string") addEntries(entries, own, request);
    if (layers.resource !== undefined) addEntries(entries, layers.resource.grants, request);
  }
  return entries;
}

function addEntries(entries: TraceEntry[], grants: readonly Grant[], request: PointRequest): void {
  for (const grant of grants) entries.push(new LazyEntry(grant, request));
}

/**
 * The statements that settled it: the Allows of a yes, the Denies of a no, both sides of what is left open. Statements
 * that apply under conditions settle a yes or a no only where none applies outright: together they leave no gap.
 */
export function decidedBy(decision: Decision, trace = traceOf(decision)): readonly TraceEntry[] {
  const applying = trace.filter(({ outcome }) => outcome !== "NOT_MATCHED");
  if (decision.verdict === "CONDITIONAL" || decision.verdict === "UNDETERMINED") return applying;
  if (decision.verdict === "IMPLICIT_DENY") return [];
  const effect = decision.verdict === "ALLOWED" ? "ALLOW" : "DENY";
  const settling = applying.filter(({ grant }) => grant.statement.effect === effect);
  const outright = settling.filter(({ outcome }) => outcome === "MATCHED");
  return outright.length > 0 ? outright : settling;
}

/** The closest statements that would have allowed it, closest first, each with what is in the way. */
export function nearMisses(decision: Decision, limit: number, trace = traceOf(decision)): readonly TraceEntry[] {
  if (decision.verdict === "ALLOWED") return [];
  const blocking = decision.blockedBy;
  const misses = trace
    .filter(({ grant, outcome }) => grant.statement.effect === "ALLOW" && outcome === "NOT_MATCHED")
    .filter(({ grant }) => blocking.length === 0 || blocking.includes(grant.layer))
    .map((entry) => ({ entry, distance: distanceOf(entry) }))
    .filter(({ distance }) => distance < TOO_FAR);
  return misses
    .sort((left, right) => left.distance - right.distance)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

const TOO_FAR = 100;

/**
 * How far a statement was from allowing: a failed condition is closest, then scope, then a resource, then another action
 * of the same kind of object. A statement about another service, or about other objects, is no near miss.
 */
function distanceOf({ checks, request }: TraceEntry): number {
  const failed = checks.filter(({ outcome }) => outcome === "NOT_MATCHED");
  return failed.reduce((sum, check) => sum + weightOf(check, request), 0);
}

function weightOf({ element, reason, pattern }: Check, request: PointRequest): number {
  if (element === "CONDITION") return 1;
  if (element === "SCOPE") return 2;
  if (element === "RESOURCE" || element === "NOT_RESOURCE") return reason === "SERVICE_DIFFERS" ? 20 : 4;
  if (reason === "EXCLUDED_BY_NOT_ACTION") return 8;
  return reason === "ACTION_DIFFERS" && namesSameObject(pattern, request) ? 10 : TOO_FAR;
}

/** `ecs:CreateSecurityGroup` and `ecs:DeleteSecurityGroup` are about the same object. */
function namesSameObject(pattern: string, { action }: PointRequest): boolean {
  const object = objectOfAction(action);
  return object !== "" && asciiLower(pattern).includes(object);
}
