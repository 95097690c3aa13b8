import type { Grant, PolicyLayer } from "./grant.js";
import { allOf, anyOf, FALSE, type Formula, not, TRUE, UNKNOWN } from "./logic/formula.js";
import { type Solution, solve } from "./logic/solve.js";
import { matchStatement, type UnreadableRequestValue } from "./match-statement.js";
import type { PointRequest } from "./request.js";

/** From worst to best. */
export type Verdict = "EXPLICIT_DENY" | "IMPLICIT_DENY" | "UNDETERMINED" | "CONDITIONAL" | "ALLOWED";

/** The policies that a request is weighed against, in the order in which RAM weighs them. */
export interface Layers {
  /** Each of these must allow before the others count: control policies level by level, then a session policy. */
  readonly bounds: readonly Bound[];
  /**
   * Policies of the caller and its groups. `EXEMPT`: the caller has none and needs none (a cloud service, an identity
   * provider). `UNKNOWN`: the caller's account was never imported.
   */
  readonly identity: readonly Grant[] | "EXEMPT" | "UNKNOWN";
  /** Policy of the resource: one that suffices by itself, or one that is needed beside the identity policies. */
  readonly resource?: ResourceLayer;
}

export interface Bound {
  readonly layer: PolicyLayer;
  readonly grants: readonly Grant[];
}

export interface ResourceLayer extends Bound {
  /** True where both sides must allow: assuming a role. */
  readonly isRequired: boolean;
}

/** When a request is allowed and when a Deny applies to it, over all that the context leaves open. */
export interface Judgement {
  readonly allowed: Formula;
  readonly denied: Formula;
  /** When each layer lets the request pass, in order of evaluation. */
  readonly layers: readonly LayerJudgement[];
  /** Values of the request that a policy's operator cannot read: the question must be refused. */
  readonly unreadableValues: readonly UnreadableRequestValue[];
}

export interface LayerJudgement {
  readonly layer: PolicyLayer;
  readonly passes: Formula;
}

/**
 * The only judge. Every bound must allow; then identity policies and the resource's policy together: a Deny in either
 * denies, an Allow in either allows, or in both where the resource's is required. Within a layer the order of statements
 * and policies never matters. Services are closed between accounts: an identity policy's Allow does not reach another
 * account's resource, its Deny does.
 *
 * Source: RAM, "Policy evaluation process"; "Policy evaluation process of assuming a RAM role".
 */
export function decide(request: PointRequest, { bounds, identity, resource }: Layers): Judgement {
  const bounding = bounds.map((bound) => ({ layer: bound.layer, unit: weigh(request, bound.grants) }));
  const own = identity === "UNKNOWN" ? OPEN_UNIT : identity === "EXEMPT" ? EXEMPT_UNIT : weigh(request, identity);
  const theirs = weigh(request, resource?.grants ?? []);
  const isRequired = resource?.isRequired ?? false;
  const isClosed = request.isForeign && !isRequired;
  const granted = isRequired
    ? allOf([own.granted, theirs.granted])
    : anyOf([isClosed ? FALSE : own.granted, theirs.granted]);
  const passed = allOf(bounding.map(({ unit }) => passes(unit)));
  const denied = anyOf([own.denied, theirs.denied]);
  return {
    allowed: allOf([passed, granted, not(denied)]),
    denied: explicitDenial([...bounding.map(({ unit }) => unit), { ...own, denied }]),
    layers: [
      ...bounding.map(({ layer, unit }) => ({ layer, passes: passes(unit) })),
      ...identityLayers(request, identity, own, isRequired ? FALSE : theirs.granted),
      ...(isClosed ? [{ layer: "CROSS_ACCOUNT" as const, passes: anyOf([not(passes(own)), theirs.granted]) }] : []),
      ...(resource === undefined ? [] : [resourceJudgement(resource, theirs)]),
    ],
    unreadableValues: [...bounding.map(({ unit }) => unit), own, theirs].flatMap((unit) => unit.unreadableValues),
  };
}

/** The statements of one layer, weighed by themselves. */
interface Unit {
  readonly granted: Formula;
  readonly denied: Formula;
  readonly unreadableValues: readonly UnreadableRequestValue[];
}

const OPEN_UNIT: Unit = { granted: UNKNOWN, denied: UNKNOWN, unreadableValues: [] };
const EXEMPT_UNIT: Unit = { granted: TRUE, denied: FALSE, unreadableValues: [] };

function weigh(request: PointRequest, grants: readonly Grant[]): Unit {
  const allows: Formula[] = [];
  const denies: Formula[] = [];
  const unreadableValues: UnreadableRequestValue[] = [];
  for (const grant of grants) {
    const match = matchStatement(grant, request);
    const { effect } = grant.statement;
    if (effect !== "DENY") allows.push(effect === "ALLOW" ? match.applies : maybe(match.applies));
    if (effect !== "ALLOW") denies.push(effect === "DENY" ? match.applies : maybe(match.applies));
    unreadableValues.push(...match.unreadableValues);
  }
  return { granted: anyOf(allows), denied: anyOf(denies), unreadableValues };
}

/** A statement whose effect cannot be read applies in one of two ways. */
function maybe(applies: Formula): Formula {
  return allOf([UNKNOWN, applies]);
}

function passes({ granted, denied }: Unit): Formula {
  return allOf([granted, not(denied)]);
}

/** A Deny counts where every layer before it was passed: the first no is the answer. */
function explicitDenial(units: readonly Unit[]): Formula {
  return anyOf(units.map((unit, index) => allOf([...units.slice(0, index).map(passes), unit.denied])));
}

/** Account scope and resource-group scope said no each for itself; what another layer grants makes up for silence. */
function identityLayers(
  request: PointRequest,
  identity: Layers["identity"],
  own: Unit,
  elsewhere: Formula,
): readonly LayerJudgement[] {
  if (typeof identity === "string") return [];
  const granted = anyOf([own.granted, elsewhere]);
  const scoped = identity.filter(({ resourceGroupId }) => resourceGroupId !== undefined);
  const wide = identity.filter(({ resourceGroupId }) => resourceGroupId === undefined);
  const denied = (grants: readonly Grant[]) =>
    grants.length === identity.length ? own.denied : weigh(request, grants).denied;
  const judge = (grants: readonly Grant[]) => allOf([granted, not(denied(grants))]);
  return [
    { layer: "ACCOUNT_LEVEL_IDENTITY_POLICY", passes: judge(wide) },
    ...(scoped.length === 0 ? [] : [{ layer: "RESOURCE_GROUP_LEVEL_IDENTITY_POLICY" as const, passes: judge(scoped) }]),
  ];
}

function resourceJudgement({ layer, isRequired }: ResourceLayer, { granted, denied }: Unit): LayerJudgement {
  return { layer, passes: isRequired ? allOf([granted, not(denied)]) : not(denied) };
}

/** Several requests that must all succeed: allowed when each is, denied when any is. Nothing is allowed where there is none. */
export function combineAll(parts: readonly Judgement[]): Judgement {
  return combine(parts, allOf, anyOf);
}

/** Several requests of which one must succeed: allowed when any is, denied when each is. */
export function combineAny(parts: readonly Judgement[]): Judgement {
  return combine(parts, anyOf, allOf);
}

function combine(
  parts: readonly Judgement[],
  joinAllowed: (formulas: readonly Formula[]) => Formula,
  joinDenied: (formulas: readonly Formula[]) => Formula,
): Judgement {
  const [only] = parts;
  if (only === undefined) return { allowed: FALSE, denied: FALSE, layers: [], unreadableValues: [] };
  if (parts.length === 1) return only;
  return {
    allowed: joinAllowed(parts.map((part) => part.allowed)),
    denied: joinDenied(parts.map((part) => part.denied)),
    layers: parts.flatMap((part) => part.layers),
    unreadableValues: parts.flatMap((part) => part.unreadableValues),
  };
}

/** The same, where what is left open cannot change what comes out: as if nothing were. */
export function settleJudgement(judgement: Judgement): Judgement {
  return { ...judgement, allowed: settleFormula(judgement.allowed), denied: settleFormula(judgement.denied) };
}

function settleFormula(formula: Formula): Formula {
  const { outcome } = solve(formula);
  if (outcome === "ALWAYS") return TRUE;
  return outcome === "NEVER" ? FALSE : formula;
}

/** A judgement in one word, with what it hangs on. */
export interface Ruling {
  readonly verdict: Verdict;
  /** What must hold for the request to be allowed. */
  readonly solution: Solution;
  readonly blockedBy: readonly PolicyLayer[];
}

/**
 * Names the verdict: ALLOWED only if every completion of the context allows, a denial only if none does, EXPLICIT_DENY
 * only if a Deny applies in all of them.
 */
export function rule(judgement: Judgement): Ruling {
  const solution = solve(judgement.allowed);
  const verdict = verdictOf(judgement, solution);
  return { verdict, solution, blockedBy: blockingLayers(judgement, verdict) };
}

function verdictOf({ denied }: Judgement, { outcome }: Solution): Verdict {
  switch (outcome) {
    case "ALWAYS":
      return "ALLOWED";
    case "SOMETIMES":
      return "CONDITIONAL";
    case "UNDETERMINED":
      return "UNDETERMINED";
    case "NEVER":
      return solve(denied).outcome === "ALWAYS" ? "EXPLICIT_DENY" : "IMPLICIT_DENY";
  }
}

/** The layers that let nothing pass; where only their conditions together do, those that do not always let pass. */
function blockingLayers({ layers }: Judgement, verdict: Verdict): readonly PolicyLayer[] {
  if (verdict !== "IMPLICIT_DENY" && verdict !== "EXPLICIT_DENY") return [];
  const outcomes = layers.map(({ layer, passes: formula }) => ({ layer, outcome: solve(formula).outcome }));
  const never = outcomes.filter(({ outcome }) => outcome === "NEVER");
  const blocking = never.length > 0 ? never : outcomes.filter(({ outcome }) => outcome !== "ALWAYS");
  return [...new Set(blocking.map(({ layer }) => layer))];
}
