import { rule, type Verdict } from "../decide.js";
import { allOf, anyOf, FALSE, type Formula, not, TRUE } from "../logic/formula.js";
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
  MAY_DENY,
  type OpenTests,
} from "./effects.js";

/**
 * The verdict where nothing but these effects and the border between accounts counts; undefined where only the judge can tell.
 * Most open conditions are settled by two completions: one that meets those of a statement, and one without any of the open
 * keys. Other sets of open conditions are solved once.
 */
export function verdictOfEffects(effects: Effects, isForeign: boolean): Verdict | undefined {
  const { bits, allowingTests, denyingTests } = effects;
  if ((bits & ASK) !== 0) return undefined;
  if ((bits & DENIES) !== 0) return "EXPLICIT_DENY";
  const allows = isForeign ? 0 : bits & (ALLOWS | ALLOWS_IF | ALLOWS_OPEN | MAY_ALLOW);
  const denies = bits & (DENIES_IF | DENIES_OPEN | MAY_DENY);
  if (denies === 0) {
    if (allows === 0) return "IMPLICIT_DENY";
    if ((allows & ALLOWS) !== 0) return "ALLOWED";
    if (allows === ALLOWS_IF && allowingTests <= MAX_ATOMS) return "CONDITIONAL";
  } else if (denies === DENIES_IF && denyingTests <= MAX_ATOMS) {
    if (allows === 0) return "IMPLICIT_DENY";
    if ((allows & ALLOWS) !== 0) return "CONDITIONAL";
  }
  return ((allows | denies) & (MAY_ALLOW | MAY_DENY)) === 0 ? solveOpen(effects, isForeign) : undefined;
}

const MOST_SOLVED = 10_000;

/** Verdicts by the tests that they hang on, which say everything about them; all are forgotten when there are too many. */
const SOLVED = new Map<string, Verdict>();

function solveOpen({ bits, allowing, denying }: Effects, isForeign: boolean): Verdict {
  const isAllowed = (bits & ALLOWS) !== 0;
  const key = `${isForeign}|${isAllowed}|${keyOf(allowing)}|${keyOf(denying)}`;
  const known = SOLVED.get(key);
  if (known !== undefined) return known;
  if (SOLVED.size >= MOST_SOLVED) SOLVED.clear();
  const granted = isForeign ? FALSE : isAllowed ? TRUE : anyOf(allowing.map(formulaOf));
  const denied = anyOf(denying.map(formulaOf));
  const { verdict } = rule({ allowed: allOf([granted, not(denied)]), denied, layers: [], unreadableValues: [] });
  SOLVED.set(key, verdict);
  return verdict;
}

/** Equal for equal lists of tests only: identities are JSON. */
function keyOf(statements: readonly OpenTests[]): string {
  return statements
    .map((tests) => tests.map(({ identity, isNegated }) => (isNegated ? `!${identity}` : identity)).join("&"))
    .join("+");
}

function formulaOf(tests: OpenTests): Formula {
  return allOf(tests.map((test) => ({ kind: "TEST", test, from: NOWHERE })));
}

const NOWHERE = { policy: "", pointer: "" };
