import type { ConditionTest } from "../conditions/condition-test.js";
import { type Context, evaluateTest } from "../conditions/context.js";
import type { Verdict } from "../decide.js";
import type { Statement } from "../document.js";
import { MAX_ATOMS } from "../logic/truth-table.js";
import type { PreparedStatement } from "./prepared-statement.js";

/** What statements make of a request, as bits that add up. */
export const ALLOWS = 1;
export const DENIES = 2;
/** Under conditions that the context leaves open, which some completion meets and one without any of the open keys does not. */
export const ALLOWS_IF = 4;
export const DENIES_IF = 8;
/** The same, but met where the keys are absent; exact as long as it is the only one. */
export const ALLOWS_UNLESS = 16;
export const DENIES_UNLESS = 32;
/** Something that cannot be read, or conditions whose outcomes hang together: only the judge can tell. */
export const MAY_ALLOW = 64;
export const MAY_DENY = 128;
/** The statement is about single principals, or the question has to be refused: only the judge can tell, whatever else applies. */
export const ASK = 256;

/** The open tests of one statement; all of them must hold. */
type OpenTests = readonly ConditionTest[];

/** Bits of what several statements make of one request, and the open tests that they hang on. */
export interface Effects {
  bits: number;
  allowingTests: number;
  denyingTests: number;
  /** By statement, of those that set `ALLOWS_IF` and `DENIES_IF`. */
  allowing: readonly OpenTests[];
  denying: readonly OpenTests[];
}

const NONE: readonly OpenTests[] = [];

export function noEffects(): Effects {
  return { bits: 0, allowingTests: 0, denyingTests: 0, allowing: NONE, denying: NONE };
}

/** The same where it is not known whether the statements reach the resource at all. */
export function uncertain({ bits, allowingTests, denyingTests }: Effects): Effects {
  const allowing = bits & (ALLOWS | ALLOWS_IF | ALLOWS_UNLESS | MAY_ALLOW) ? MAY_ALLOW : 0;
  const denying = bits & (DENIES | DENIES_IF | DENIES_UNLESS | MAY_DENY) ? MAY_DENY : 0;
  return { ...noEffects(), bits: allowing | denying | (bits & ASK), allowingTests, denyingTests };
}

/** Adds up what two lots of statements make of the same request. */
export function joinEffects(effects: Effects, own: Effects): void {
  const { bits, allowingTests, denyingTests, allowing, denying } = own;
  const both = effects.bits & bits;
  effects.bits |= bits | (both & ALLOWS_UNLESS ? MAY_ALLOW : 0) | (both & DENIES_UNLESS ? MAY_DENY : 0);
  effects.allowingTests += allowingTests;
  effects.denyingTests += denyingTests;
  if (allowing.length > 0) effects.allowing = [...effects.allowing, ...allowing];
  if (denying.length > 0) effects.denying = [...effects.denying, ...denying];
}

/** Gives the context of a request, which is not worked out before it is needed. */
export interface ContextSource {
  /** True only for keys of which the context certainly says nothing. */
  readonly leavesOpen: (foldedKey: string) => boolean;
  readonly context: () => Context;
}

/** The one bit of a statement that applies whenever it covers the request; 0 where that hangs on more. */
export function settledEffect({ tests, isReadable, namesCallers, statement }: PreparedStatement): number {
  if (namesCallers || tests.length > 0 || !isReadable) return 0;
  return statement.effect === "ALLOW" ? ALLOWS : DENIES;
}

/** Adds a statement that covers the request's action and resource, and reaches the resource at its scope. */
export function addEffect(effects: Effects, prepared: PreparedStatement, source: ContextSource): void {
  const { tests, isReadable, namesCallers, statement } = prepared;
  if (namesCallers) {
    effects.bits |= ASK;
    return;
  }
  const settled = settledEffect(prepared);
  if (settled !== 0) {
    effects.bits |= settled;
    return;
  }
  const open: ConditionTest[] = [];
  const outcome = weighTests(tests, source, open);
  if (outcome === "REFUSED") effects.bits |= ASK;
  else if (outcome === "FAILED") return;
  else if (outcome === "UNREADABLE" || !isReadable) effects.bits |= unclear(statement);
  else if (open.length === 0) effects.bits |= statement.effect === "ALLOW" ? ALLOWS : DENIES;
  else addOpen(effects, statement, open);
}

/** Every test counts, also after one that fails: a value that cannot be read makes the question one to be refused. */
function weighTests(
  tests: readonly ConditionTest[],
  source: ContextSource,
  open: ConditionTest[],
): "HELD" | "FAILED" | "UNREADABLE" | "REFUSED" {
  let [isUnreadable, hasFailed] = [false, false];
  for (const test of tests) {
    const result = source.leavesOpen(test.foldedKey) ? "UNKNOWN" : evaluateTest(test, source.context());
    if (result === "UNKNOWN") open.push(test);
    else if (result === false) hasFailed = true;
    else if (result === "UNREADABLE") {
      if (!source.context().known?.has(test.foldedKey)) return "REFUSED";
      isUnreadable = true;
    }
  }
  if (hasFailed) return "FAILED";
  return isUnreadable ? "UNREADABLE" : "HELD";
}

function unclear({ effect }: Statement): number {
  if (effect === "ALLOW") return MAY_ALLOW;
  return effect === "DENY" ? MAY_DENY : MAY_ALLOW | MAY_DENY;
}

function addOpen(effects: Effects, statement: Statement, open: readonly ConditionTest[]): void {
  const isAllow = statement.effect === "ALLOW";
  if (isAllow) effects.allowingTests += open.length;
  else effects.denyingTests += open.length;
  if (!areFree(open)) {
    effects.bits |= unclear(statement);
  } else if (open.every(holdsWhenAbsent)) {
    // A second one may contradict it, which takes the judge to find out.
    const bit = isAllow ? ALLOWS_UNLESS : DENIES_UNLESS;
    effects.bits |= (effects.bits & bit) === 0 ? bit : unclear(statement);
  } else {
    effects.bits |= isAllow ? ALLOWS_IF : DENIES_IF;
    if (isAllow) effects.allowing = [...effects.allowing, open];
    else effects.denying = [...effects.denying, open];
  }
}

/** Tests of different keys, each of which some values pass and others fail, have every combination of outcomes. */
function areFree(tests: readonly ConditionTest[]): boolean {
  return tests.every(
    ({ quantifier, values, foldedKey }, index) =>
      quantifier === "ForAnyValue" &&
      values.length > 0 &&
      tests.findIndex((other) => other.foldedKey === foldedKey) === index,
  );
}

/** No value passes a positive test and fails a negated one. */
function holdsWhenAbsent({ isNegated }: ConditionTest): boolean {
  return isNegated;
}

/**
 * The verdict where nothing but these effects and the border between accounts counts; undefined where only the judge can tell.
 * Open conditions are settled by two completions: one that meets those of a statement, and one without any of the open keys.
 */
export function verdictOfEffects(effects: Effects, isForeign: boolean): Verdict | undefined {
  const { bits, allowingTests, denyingTests } = effects;
  if ((bits & ASK) !== 0) return undefined;
  if ((bits & DENIES) !== 0) return "EXPLICIT_DENY";
  const denial = denyingTests > MAX_ATOMS ? undefined : openness(bits, DENIES_IF, DENIES_UNLESS, MAY_DENY);
  if (denial === undefined) return undefined;
  if (isForeign) return "IMPLICIT_DENY";
  if ((bits & ALLOWS) !== 0) return denial === "NONE" ? "ALLOWED" : "CONDITIONAL";
  const grant = allowingTests > MAX_ATOMS ? undefined : openness(bits, ALLOWS_IF, ALLOWS_UNLESS, MAY_ALLOW);
  if (grant === undefined) return undefined;
  if (grant === "NONE") return "IMPLICIT_DENY";
  if (denial === "NONE") return "CONDITIONAL";
  return allowingTests + denyingTests <= MAX_ATOMS && isAllowedSomewhere(effects) ? "CONDITIONAL" : undefined;
}

/**
 * Some statement that allows can be met while none that denies is: each of these wants a value for a key of which the former
 * says nothing. Without any open key nothing is allowed, so both can happen.
 */
function isAllowedSomewhere({ bits, allowing, denying }: Effects): boolean {
  if ((bits & (ALLOWS_UNLESS | DENIES_UNLESS)) !== 0) return false;
  return allowing.some((met) => denying.every((unmet) => unmet.some((test) => wantsOther(test, met))));
}

function wantsOther({ isNegated, foldedKey }: ConditionTest, met: OpenTests): boolean {
  return !isNegated && !met.some((test) => test.foldedKey === foldedKey);
}

/** `OPEN`: it is certain to apply in some completion and not to apply in another. */
function openness(bits: number, met: number, unless: number, unclearBit: number): "NONE" | "OPEN" | undefined {
  const found = bits & (met | unless | unclearBit);
  if (found === 0) return "NONE";
  return found === met || found === unless ? "OPEN" : undefined;
}
