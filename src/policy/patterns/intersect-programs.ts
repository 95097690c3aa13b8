import type { Steps } from "../steps.js";
import { type Budget, isTurnOver } from "./budget.js";
import { coversProgram } from "./covers-program.js";
import { type Comparison, partSoon } from "./part-soon.js";
import type { Program, Step } from "./program.js";
import { common, isRun } from "./step-class.js";

/** The end of a program that is being put together, last step first. */
interface Path {
  readonly step: Step;
  readonly before: Path | undefined;
}
interface State {
  readonly left: number;
  readonly right: number;
  readonly path: Path | undefined;
}

/** What two patterns share, where that is plain: nothing, or all of one of them; undefined where it is not. */
export function sharedPlainly(left: Program, right: Program, budget: Budget): readonly Program[] | undefined {
  if (partSoon(left, right, compareMeet)) return [];
  if (coversProgram(left, right, budget)) return [right];
  return coversProgram(right, left, budget) ? [left] : undefined;
}

/** Is there a text that both patterns match? Takes as long as their lengths multiply to. */
export function programsMeet(left: Program, right: Program): boolean {
  return !partSoon(left, right, compareMeet) && leadsToTheEnd(left, right)(0, 0);
}

/**
 * The patterns that together match what both patterns match: every way in which the runs of one can take up the steps of the
 * other. Few where patterns begin or end differently, many where both have many stars. Yields now and then.
 *
 * @returns undefined when the budget ran out
 */
export function* intersectPrograms(
  left: Program,
  right: Program,
  budget: Budget,
): Steps<readonly Program[] | undefined> {
  budget.left -= (left.length + 1) * (right.length + 1);
  if (budget.left < 0) return undefined;
  const leads = leadsToTheEnd(left, right);
  const found = new Map<string, Program>();
  const open: State[] = [{ left: 0, right: 0, path: undefined }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (budget.left-- < 0) return undefined;
    if (isTurnOver(budget)) yield undefined;
    if (state.left === left.length && state.right === right.length) {
      const program = stepsOf(state.path);
      budget.left -= program.length;
      found.set(program.join(), program);
    }
    open.push(...nextStates(left, right, state).filter((next) => leads(next.left, next.right)));
  }
  return [...found.values()];
}

function nextStates(left: Program, right: Program, { left: i, right: j, path }: State): readonly State[] {
  const [a, b] = [left[i], right[j]];
  const aRuns = a !== undefined && isRun(a);
  const bRuns = b !== undefined && isRun(b);
  const endA: State[] = aRuns ? [{ left: i + 1, right: j, path }] : [];
  const endB: State[] = bRuns ? [{ left: i, right: j + 1, path }] : [];
  if (a === undefined) return endB;
  if (b === undefined) return endA;
  const shared = common(a, b);
  if (aRuns && bRuns) return bothRun(left, right, { left: i, right: j, path: { step: runOf(a, b), before: path } });
  if (shared === undefined) return [...endA, ...endB];
  const taken = { left: aRuns ? i : i + 1, right: bRuns ? j : j + 1, path: { step: shared, before: path } };
  return [...endA, ...endB, taken];
}

/** Two runs end together, or one goes on and takes up what stands behind the other; this way nothing is found twice. */
function bothRun(left: Program, right: Program, { left: i, right: j, path }: State): readonly State[] {
  const states: State[] = [{ left: i + 1, right: j + 1, path }];
  const [a, b] = [left[i], right[j]];
  const [behindA, behindB] = [left[i + 1], right[j + 1]];
  if (behindA !== undefined && b !== undefined) {
    const step = common(behindA, b);
    if (isRun(behindA)) states.push({ left: i + 1, right: j, path });
    else if (step !== undefined) states.push({ left: i + 2, right: j, path: { step, before: path } });
  }
  if (behindB !== undefined && a !== undefined) {
    const step = common(a, behindB);
    if (isRun(behindB)) states.push({ left: i, right: j + 1, path });
    else if (step !== undefined) states.push({ left: i, right: j + 2, path: { step, before: path } });
  }
  return states;
}

/** The narrower of two runs; runs of segments are narrower than runs of anything. */
function runOf(left: Step, right: Step): Step {
  return Math.min(left, right);
}

function stepsOf(path: Path | undefined): Program {
  const steps: Step[] = [];
  for (let at = path; at !== undefined; at = at.before) {
    const isRepeated = isRun(at.step) && steps.at(-1) === at.step;
    if (!isRepeated) steps.push(at.step);
  }
  return steps.reverse();
}

function compareMeet(a: Step | undefined, b: Step | undefined): Comparison {
  if ((a !== undefined && isRun(a)) || (b !== undefined && isRun(b))) return "STOP";
  return a !== undefined && b !== undefined && common(a, b) !== undefined ? "GO_ON" : "PART";
}

/** Which pairs of positions lead to the end of both programs. */
function leadsToTheEnd(left: Program, right: Program): (left: number, right: number) => boolean {
  const width = right.length + 1;
  const table = new Uint8Array((left.length + 1) * width);
  const leads = (i: number, j: number) => i <= left.length && j <= right.length && table[i * width + j] === 1;
  for (let i = left.length; i >= 0; i--) {
    for (let j = right.length; j >= 0; j--) {
      const [a, b] = [left[i], right[j]];
      const isEnd = a === undefined && b === undefined;
      const skips =
        (a !== undefined && isRun(a) && leads(i + 1, j)) || (b !== undefined && isRun(b) && leads(i, j + 1));
      table[i * width + j] =
        isEnd || skips || (a !== undefined && b !== undefined && takesUp(a, b, i, j, leads)) ? 1 : 0;
    }
  }
  return leads;
}

function takesUp(a: Step, b: Step, i: number, j: number, leads: (i: number, j: number) => boolean): boolean {
  if (isRun(a) && isRun(b)) return false;
  return common(a, b) !== undefined && leads(isRun(a) ? i : i + 1, isRun(b) ? j : j + 1);
}
