import type { Steps } from "../steps.js";
import { type Budget, isTurnOver } from "./budget.js";
import { coversProgram } from "./covers-program.js";
import { findWordInSteps, type Union, unusedCharacter } from "./find-word.js";
import { intersectPrograms, sharedPlainly } from "./intersect-programs.js";
import { ANY_ONE, ANY_RUN, literalsOf, type Program, SEGMENT_ONE } from "./program.js";
import { isRun } from "./step-class.js";

/** One text for each cell that is not empty. */
export interface Division {
  readonly words: readonly string[];
  /** False when the budget or the number of cells ran out, so that cells may be missing. */
  readonly isExact: boolean;
}

/** A part of the set: what one of the patterns of `inside` matches and none of `outside`, with a text in it. */
interface Part {
  readonly inside: Union;
  readonly outside: Union;
  readonly word: Program;
}

/** Longer lists are not searched for patterns that others cover. */
const MAX_PRUNED = 100;

class OutOfBudget extends Error {}

/**
 * Divides a set by one union after the other, and keeps what lies in all unions so far as a list of patterns. A pattern of
 * which a text with unused characters in place of its runs is left out by no other pattern is not empty, so nothing has to be
 * searched: many patterns that overlap little, as those of policies do, take little time. Yields now and then.
 *
 * @returns undefined when the budget ran out; not exact when there are more than `maxCells`
 */
export function* cellsByIntersection(
  domain: readonly Union[],
  excluded: Union,
  unions: readonly Union[],
  budget: Budget,
  maxCells: number,
): Steps<Division | undefined> {
  const filler = unusedCharacter([...domain.flat(), ...excluded, ...unions.flat()]);
  const words: string[] = [];
  function* descend(part: Part | undefined, depth: number): Steps<void> {
    if (part === undefined || words.length > maxCells) return;
    const union = unions[depth];
    if (union === undefined) {
      words.push(String.fromCodePoint(...part.word));
      return;
    }
    const shared = yield* uncovered(yield* meet(part.inside, union, budget), part.outside, budget);
    if (shared.length > 0) yield* descend(yield* partWithin(part, union, shared, filler, budget), depth + 1);
    yield* descend(shared.length > 0 ? yield* partBeyond(part, union, filler, budget) : part, depth + 1);
  }
  try {
    let all: Union = [[ANY_RUN]];
    for (const union of domain) all = yield* meet(all, union, budget);
    yield* descend(yield* partOf(all, excluded, filler, budget), 0);
  } catch (error) {
    if (error instanceof OutOfBudget) return undefined;
    throw error;
  }
  return { words: words.slice(0, maxCells), isExact: words.length <= maxCells };
}

function* partWithin(part: Part, union: Union, shared: Union, filler: number, budget: Budget): Steps<Part | undefined> {
  return isCovered(part.word, union, budget)
    ? { ...part, inside: shared }
    : yield* partOf(shared, part.outside, filler, budget);
}

function* partBeyond(
  { inside, outside, word }: Part,
  union: Union,
  filler: number,
  budget: Budget,
): Steps<Part | undefined> {
  const without = [...outside, ...union];
  return isCovered(word, union, budget)
    ? yield* partOf(inside, without, filler, budget)
    : { inside: yield* uncovered(inside, union, budget), outside: without, word };
}

/** Undefined when nothing is left. */
function* partOf(inside: Union, outside: Union, filler: number, budget: Budget): Steps<Part | undefined> {
  const left = yield* uncovered(inside, outside, budget);
  for (const program of left) {
    if (isTurnOver(budget)) yield undefined;
    for (const run of [[filler], [], [filler, filler, filler]]) {
      const word = wordOf(program, filler, run);
      if (!isCovered(word, outside, budget)) return { inside: left, outside, word };
    }
  }
  if (left.length === 0) return undefined;
  const found = yield* findWordInSteps([left], outside, budget);
  if (found === "OUT_OF_BUDGET") throw new OutOfBudget();
  return found === "NONE"
    ? undefined
    : { inside: left, outside, word: Array.from(found.word, (char) => char.codePointAt(0) ?? 0) };
}

/** A text that the pattern matches: its runs take fillers. */
function wordOf(program: Program, filler: number, run: Program): Program {
  return program.flatMap((step) => {
    if (isRun(step)) return run;
    return step === ANY_ONE || step === SEGMENT_ONE ? [filler] : literalsOf(step).slice(-1);
  });
}

function isCovered(program: Program, union: Union, budget: Budget): boolean {
  const covered = union.some((each) => coversProgram(each, program, budget));
  if (budget.left < 0) throw new OutOfBudget();
  return covered;
}

/** Those of which some text may lie in no pattern of a union. */
function* uncovered(programs: Union, union: Union, budget: Budget): Steps<Union> {
  const left: Program[] = [];
  for (const program of programs) {
    if (isTurnOver(budget)) yield undefined;
    if (!isCovered(program, union, budget)) left.push(program);
  }
  return left;
}

/** What lies in both unions, without patterns that another one covers. */
function* meet(left: Union, right: Union, budget: Budget): Steps<Union> {
  const met = new Map<string, Program>();
  for (const one of left) {
    if (isTurnOver(budget)) yield undefined;
    const programs = isCovered(one, right, budget) ? [one] : yield* meetEach(one, right, budget);
    for (const program of programs) met.set(program.join(), program);
  }
  if (met.size > MAX_PRUNED) return [...met.values()];
  return [...met.values()].reduce<Union>((kept, program) => {
    if (isCovered(program, kept, budget)) return kept;
    return [...kept.filter((each) => !isCovered(each, [program], budget)), program];
  }, []);
}

function* meetEach(one: Program, union: Union, budget: Budget): Steps<readonly Program[]> {
  const met: Program[] = [];
  for (const other of union) {
    const shared = sharedPlainly(one, other, budget) ?? (yield* intersectPrograms(one, other, budget));
    if (shared === undefined) throw new OutOfBudget();
    for (const program of shared) met.push(program);
  }
  return met;
}
