import type { ActionPattern } from "../../policy/action-pattern.js";
import type { ResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import type { PatternElement, Statement } from "../../policy/document.js";
import { allOf, not } from "../../policy/logic/formula.js";
import type { Budget } from "../../policy/patterns/budget.js";
import { coversProgram } from "../../policy/patterns/covers-program.js";
import { findWord } from "../../policy/patterns/find-word.js";
import { compilePattern, compileWildcards, type Program } from "../../policy/patterns/program.js";
import { conditionOf, solveWithin } from "./solve-within.js";

/** How patterns of one kind are compared. */
interface Kind<P> {
  /** Letter case kept where RAM keeps it: what covers so, covers. */
  readonly compile: (pattern: P) => Program;
  /** Letter case left aside: what does not overlap so, does not. */
  readonly compileFolded: (pattern: P) => Program;
}

const compileAction = onceEach(({ folded }: ActionPattern) => compileWildcards(folded === "*" ? "*:*" : folded, false));
const ACTIONS: Kind<ActionPattern> = { compile: compileAction, compileFolded: compileAction };
const RESOURCES: Kind<ResourcePattern> = {
  compile: onceEach((pattern) => compilePattern(pattern, /^(?:ram|sts)$/.test(pattern.segments?.[1] ?? ""))),
  compileFolded: onceEach((pattern) => compilePattern(pattern, true)),
};

/** Each pattern is compared with many others. */
function onceEach<P extends object>(compile: (pattern: P) => Program): (pattern: P) => Program {
  const known = new WeakMap<P, Program>();
  return (pattern) => {
    const program = known.get(pattern) ?? compile(pattern);
    known.set(pattern, program);
    return program;
  };
}

/**
 * Does the outer statement apply wherever the inner one does, whatever their effects? A yes is certain; statements that
 * cannot be read in full, and what the budget does not suffice for, give a no.
 */
export function coversStatement(outer: Statement, inner: Statement, budget: Budget): boolean {
  if (outer.unreadable.length > 0 || inner.unreadable.length > 0 || budget.left < 0) return false;
  return (
    coversPrincipals(outer, inner) &&
    coversElement(ACTIONS, outer.actions, inner.actions, budget) &&
    coversElement(RESOURCES, outer.resources, inner.resources, budget) &&
    coversConditions(outer, inner, budget)
  );
}

/** May there be an action and a resource that both statements speak of? A no is certain. */
export function mayOverlap(left: Statement, right: Statement, budget: Budget): boolean {
  return (
    overlaps(ACTIONS, left.actions, right.actions, budget) &&
    overlaps(RESOURCES, left.resources, right.resources, budget)
  );
}

/** Does one action pattern cover all of another? */
export function coversActionPattern(outer: ActionPattern, inner: ActionPattern, budget: Budget): boolean {
  return coversProgram(ACTIONS.compile(outer), ACTIONS.compile(inner), budget);
}

/** Does one resource pattern cover all of another? */
export function coversResourcePattern(outer: ResourcePattern, inner: ResourcePattern, budget: Budget): boolean {
  return coversProgram(RESOURCES.compile(outer), RESOURCES.compile(inner), budget);
}

type Element<P> = PatternElement<P> | "UNREADABLE";

function coversElement<P>(kind: Kind<P>, outer: Element<P>, inner: Element<P>, budget: Budget): boolean {
  if (outer === "UNREADABLE" || inner === "UNREADABLE") return false;
  if (outer.isNegated && !inner.isNegated) return !anyOverlap(kind, outer.patterns, inner.patterns, budget);
  const [wide, narrow] = outer.isNegated ? [inner, outer] : [outer, inner];
  if (outer.isNegated !== inner.isNegated) return false;
  const wides = wide.patterns.map(kind.compile);
  return narrow.patterns.every((pattern) => {
    const own = kind.compile(pattern);
    return wides.some((each) => budget.left >= 0 && coversProgram(each, own, budget));
  });
}

function overlaps<P>(kind: Kind<P>, left: Element<P>, right: Element<P>, budget: Budget): boolean {
  if (left === "UNREADABLE" || right === "UNREADABLE" || left.isNegated || right.isNegated) return true;
  return anyOverlap(kind, left.patterns, right.patterns, budget);
}

function anyOverlap<P>(kind: Kind<P>, left: readonly P[], right: readonly P[], budget: Budget): boolean {
  const [lefts, rights] = [left.map(kind.compileFolded), right.map(kind.compileFolded)];
  return findWord([lefts, rights], [], budget) !== "NONE";
}

function coversPrincipals({ principals: outer }: Statement, { principals: inner }: Statement): boolean {
  if (outer === undefined || inner === undefined) return outer === inner;
  if (outer === "UNREADABLE" || inner === "UNREADABLE") return false;
  return inner.every(({ kind, text }) =>
    outer.some((each) => each.kind === kind && (asciiLower(each.text) === asciiLower(text) || isAnyone(each))),
  );
}

function isAnyone({ kind, text }: { readonly kind: string; readonly text: string }): boolean {
  return kind === "RAM" && text === "*";
}

/** The inner conditions imply the outer ones when there is no way to meet them and fail the outer ones. */
function coversConditions(outer: Statement, inner: Statement, budget: Budget): boolean {
  if (outer.conditions.length === 0) return true;
  const [wide, narrow] = [outer, inner].map(({ conditions, pointer }) => conditionOf(conditions, pointer));
  if (wide === undefined || narrow === undefined) return false;
  const tests = outer.conditions.length + inner.conditions.length;
  return solveWithin(allOf([narrow, not(wide)]), tests, budget) === "NEVER";
}
