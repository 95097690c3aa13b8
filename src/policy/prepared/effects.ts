import type { ConditionTest } from "../conditions/condition-test.js";
import { type Context, evaluateTest, isKnown, OPEN_CONTEXT } from "../conditions/context.js";
import type { Statement } from "../document.js";
import type { PreparedStatement } from "./prepared-statement.js";

/** What statements make of a request, as bits that add up. */
export const ALLOWS = 1;
export const DENIES = 2;
/** Under conditions that the context leaves open, which some completion meets and one without any of the open keys does not. */
export const ALLOWS_IF = 4;
export const DENIES_IF = 8;
/** Under other conditions that the context leaves open, also where something that cannot be read counts as well. */
export const ALLOWS_OPEN = 16;
export const DENIES_OPEN = 32;
/** It hangs on something that cannot be read or is not known, and on nothing else. */
export const MAY_ALLOW = 64;
export const MAY_DENY = 128;
/** `ALLOWS_IF`, where something that is not known must hold as well. */
export const MAY_ALLOW_IF = 512;
/** The statement is about single principals, or the question has to be refused: only the judge can tell, whatever else applies. */
export const ASK = 256;

/** The open tests of one statement; all of them must hold. */
export interface OpenTests {
  readonly tests: readonly ConditionTest[];
  /** Something that is not known must hold as well. */
  readonly isUnclear: boolean;
}

/** Bits of what several statements make of one request, and the open tests that they hang on, statement by statement. */
export interface Effects {
  bits: number;
  allowingTests: number;
  denyingTests: number;
  allowing: readonly OpenTests[];
  denying: readonly OpenTests[];
}

const NONE: readonly OpenTests[] = [];

export function noEffects(): Effects {
  return { bits: 0, allowingTests: 0, denyingTests: 0, allowing: NONE, denying: NONE };
}

/** The same where it is not known whether the statements reach the resource at all. */
export function uncertain(effects: Effects): Effects {
  const { allowing, denying, allowingTests, denyingTests } = effects;
  return {
    bits: uncertainBits(effects),
    allowingTests,
    denyingTests,
    allowing: unclear(allowing),
    denying: unclear(denying),
  };
}

/** The bits of these. */
function uncertainBits({ bits, denying }: Effects): number {
  const may = (bits & (ALLOWS | MAY_ALLOW) ? MAY_ALLOW : 0) | (bits & (DENIES | MAY_DENY) ? MAY_DENY : 0);
  const allowingIf = (bits & (ALLOWS_IF | MAY_ALLOW_IF) ? MAY_ALLOW_IF : 0) | (bits & ALLOWS_OPEN);
  return may | allowingIf | (denying.length > 0 ? DENIES_OPEN : 0) | (bits & ASK);
}

function unclear(statements: readonly OpenTests[]): readonly OpenTests[] {
  return statements.length === 0 ? NONE : statements.map(({ tests }) => ({ tests, isUnclear: true }));
}

/** Adds up what two lots of statements make of the same request. */
export function joinEffects(effects: Effects, own: Effects): void {
  effects.bits |= own.bits;
  effects.allowingTests += own.allowingTests;
  effects.denyingTests += own.denyingTests;
  if (own.allowing.length > 0) effects.allowing = [...effects.allowing, ...own.allowing];
  if (own.denying.length > 0) effects.denying = [...effects.denying, ...own.denying];
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
  else if (outcome === "UNREADABLE" || !isReadable) addUnclear(effects, statement, open);
  else if (open.length === 0) effects.bits |= statement.effect === "ALLOW" ? ALLOWS : DENIES;
  else addOpen(effects, statement.effect === "ALLOW", { tests: open, isUnclear: false });
}

/** What a statement that covers the request makes of it when all that it tests is open. */
export function effectsWhenOpen(prepared: PreparedStatement): Effects {
  const effects = noEffects();
  addEffect(effects, prepared, NOTHING_KNOWN);
  return effects;
}

const NOTHING_KNOWN: ContextSource = { leavesOpen: () => true, context: () => OPEN_CONTEXT };

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
      if (!isKnown(source.context(), test.foldedKey)) return "REFUSED";
      isUnreadable = true;
    }
  }
  if (hasFailed) return "FAILED";
  return isUnreadable ? "UNREADABLE" : "HELD";
}

/** A statement whose effect cannot be read applies in one of two ways. */
function addUnclear(effects: Effects, { effect }: Statement, tests: readonly ConditionTest[]): void {
  for (const isAllow of [true, false]) {
    if (effect === (isAllow ? "DENY" : "ALLOW")) continue;
    if (tests.length === 0) effects.bits |= isAllow ? MAY_ALLOW : MAY_DENY;
    else addOpen(effects, isAllow, { tests, isUnclear: true });
  }
}

function addOpen(effects: Effects, isAllow: boolean, open: OpenTests): void {
  const { tests, isUnclear } = open;
  const isTidy = !isUnclear && areFree(tests) && tests.some(({ isNegated }) => !isNegated);
  if (isAllow) {
    effects.bits |= isTidy ? ALLOWS_IF : ALLOWS_OPEN;
    effects.allowingTests += tests.length;
    effects.allowing = [...effects.allowing, open];
  } else {
    effects.bits |= isTidy ? DENIES_IF : DENIES_OPEN;
    effects.denyingTests += tests.length;
    effects.denying = [...effects.denying, open];
  }
}

/**
 * Tests of different keys, each of which some values pass and others fail, have every combination of outcomes. A positive one fails
 * where its key is absent.
 */
function areFree(tests: readonly ConditionTest[]): boolean {
  const [only, ...others] = tests;
  if (only !== undefined && others.length === 0) return isFree(only);
  return tests.every(isFree) && new Set(tests.map(({ foldedKey }) => foldedKey)).size === tests.length;
}

function isFree({ quantifier, values }: ConditionTest): boolean {
  return quantifier === "ForAnyValue" && values.length > 0;
}
