import { rule, type Verdict } from "../decide.js";
import { allOf, anyOf, FALSE, type Formula, not, TRUE, UNKNOWN } from "../logic/formula.js";
import { MAX_ATOMS } from "../logic/truth-table.js";
import {
  ALLOWS,
  ALLOWS_IF,
  ALLOWS_OPEN,
  ASK,
  DENIES,
  DENIES_IF,
  DENIES_OPEN,
  type Effects,
  MAY_ALLOW,
  MAY_ALLOW_IF,
  MAY_DENY,
  type OpenTests,
} from "./effects.js";

/**
 * The verdict where nothing but these effects and the border between accounts counts; undefined where only the judge can tell.
 * Most open conditions are settled by two completions: one that meets those of a statement, and one without any of the open
 * keys. Other sets of open conditions are solved once.
 */
export function verdictOfEffects(effects: Effects, isForeign: boolean): Verdict | undefined {
  const { bits } = effects;
  if ((bits & ASK) !== 0) return undefined;
  if ((bits & DENIES) !== 0) return "EXPLICIT_DENY";
  const allows = isForeign ? 0 : bits & (ALLOWS | ALLOWS_IF | ALLOWS_OPEN | MAY_ALLOW | MAY_ALLOW_IF);
  const denies = bits & (DENIES_IF | DENIES_OPEN | MAY_DENY);
  const isTidy = ((allows | denies) & (ALLOWS_OPEN | DENIES_OPEN)) === 0;
  const count = effects.allowingTests + effects.denyingTests;
  return (isTidy && count <= MAX_ATOMS ? settleTidy(allows, denies) : undefined) ?? solveOpen(effects, isForeign);
}

/** What is not known leaves an answer open that it could change, unless that is sometimes a yes and sometimes a no without it. */
function settleTidy(allows: number, denies: number): Verdict | undefined {
  if (allows === 0) return "IMPLICIT_DENY";
  if ((allows & ALLOWS) !== 0) {
    if (denies === 0) return "ALLOWED";
    return (denies & MAY_DENY) !== 0 ? "UNDETERMINED" : "CONDITIONAL";
  }
  if ((allows & (MAY_ALLOW | MAY_ALLOW_IF)) === MAY_ALLOW_IF) return settleUnlessMet(allows, denies);
  if (denies === 0) return allows === ALLOWS_IF ? "CONDITIONAL" : "UNDETERMINED";
  if ((allows & MAY_ALLOW) !== 0 && ((allows & ALLOWS_IF) === 0 || (denies & MAY_DENY) !== 0)) return "UNDETERMINED";
  return allows === ALLOWS_IF && denies === MAY_DENY ? "UNDETERMINED" : undefined;
}

/** What is not known counts only under a condition, so that without the open keys it is a no. */
function settleUnlessMet(allows: number, denies: number): Verdict | undefined {
  if (denies === 0) return (allows & ALLOWS_IF) !== 0 ? "CONDITIONAL" : "UNDETERMINED";
  return denies === MAY_DENY ? "UNDETERMINED" : undefined;
}

const MOST_SOLVED = 10_000;

/** Verdicts by the tests that they hang on, which say everything about them; all are forgotten when there are too many. */
const SOLVED = new Map<string, Verdict>();

function solveOpen(effects: Effects, isForeign: boolean): Verdict {
  const { bits, allowing, denying } = effects;
  const key = `${isForeign}|${bits & (ALLOWS | MAY_ALLOW | MAY_DENY)}|${keyOf(allowing)}|${keyOf(denying)}`;
  const known = SOLVED.get(key);
  if (known !== undefined) return known;
  if (SOLVED.size >= MOST_SOLVED) SOLVED.clear();
  const verdict = solveEffects(effects, isForeign);
  SOLVED.set(key, verdict);
  return verdict;
}

function solveEffects({ bits, allowing, denying }: Effects, isForeign: boolean): Verdict {
  const sure = (bits & ALLOWS) !== 0 ? TRUE : FALSE;
  const granted = isForeign ? FALSE : anyOf([sure, maybe(bits & MAY_ALLOW), ...allowing.map(formulaOf)]);
  const denied = anyOf([maybe(bits & MAY_DENY), ...denying.map(formulaOf)]);
  return rule({ allowed: allOf([granted, not(denied)]), denied, layers: [], unreadableValues: [] }).verdict;
}

function maybe(bit: number): Formula {
  return bit === 0 ? FALSE : UNKNOWN;
}

/** Equal for equal lists of tests only: identities are JSON, so none holds a mark of these outside of its quotes. */
function keyOf(statements: readonly OpenTests[]): string {
  return statements
    .map(({ tests, isUnclear }) => {
      const names = tests.map(({ identity, isNegated }) => (isNegated ? `!${identity}` : identity));
      return `${isUnclear ? "?" : ""}${names.join("&")}`;
    })
    .join("+");
}

function formulaOf({ tests, isUnclear }: OpenTests): Formula {
  const parts = tests.map((test): Formula => ({ kind: "TEST", test, from: NOWHERE }));
  return allOf(isUnclear ? [...parts, UNKNOWN] : parts);
}

const NOWHERE = { policy: "", pointer: "" };
