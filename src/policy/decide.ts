import type { Grant, PolicyLayer } from "./grant.js";
import { allOf, anyOf, FALSE, type Formula, not } from "./logic/formula.js";
import { type Solution, solve } from "./logic/solve.js";
import { matchStatement, type UnreadableRequestValue } from "./match-statement.js";
import type { PointRequest } from "./request.js";

/** From worst to best. */
export type Verdict = "EXPLICIT_DENY" | "IMPLICIT_DENY" | "UNDETERMINED" | "CONDITIONAL" | "ALLOWED";

/** When a request is allowed and when a Deny applies to it, over all that the context leaves open. */
export interface Judgement {
  readonly allowed: Formula;
  readonly denied: Formula;
  /** An Allow applied but could not count, because the resource belongs to another account. */
  readonly isBlockedByAccount: boolean;
  /** Values of the request that a policy's operator cannot read: the question must be refused. */
  readonly unreadableValues: readonly UnreadableRequestValue[];
}

/**
 * The only judge. A request is allowed when some Allow applies and no Deny does; the order of statements and policies
 * never matters. Services are closed between accounts: an Allow does not reach another account's resource, a Deny does.
 */
export function decide(request: PointRequest, grants: readonly Grant[]): Judgement {
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
  const granted = anyOf(allows);
  const denied = anyOf(denies);
  return {
    allowed: request.isForeign ? FALSE : allOf([granted, not(denied)]),
    denied,
    isBlockedByAccount: request.isForeign && granted !== FALSE,
    unreadableValues,
  };
}

/** A statement whose effect cannot be read applies in one of two ways. */
function maybe(applies: Formula): Formula {
  return allOf([{ kind: "UNKNOWN" }, applies]);
}

/** Several requests that must all succeed: allowed when each is, denied when any is. */
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
  if (only !== undefined && parts.length === 1) return only;
  return {
    allowed: joinAllowed(parts.map((part) => part.allowed)),
    denied: joinDenied(parts.map((part) => part.denied)),
    isBlockedByAccount: parts.some((part) => part.isBlockedByAccount),
    unreadableValues: parts.flatMap((part) => part.unreadableValues),
  };
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

function blockingLayers({ isBlockedByAccount }: Judgement, verdict: Verdict): readonly PolicyLayer[] {
  if (verdict === "IMPLICIT_DENY" && isBlockedByAccount) return ["CROSS_ACCOUNT"];
  return verdict === "IMPLICIT_DENY" || verdict === "EXPLICIT_DENY" ? ["ACCOUNT_LEVEL_IDENTITY_POLICY"] : [];
}
