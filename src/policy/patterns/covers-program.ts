import type { Budget } from "./budget.js";
import { type Comparison, partSoon } from "./part-soon.js";
import type { Program, Step } from "./program.js";
import { isRun, takesAll } from "./step-class.js";

/**
 * Does the outer pattern match all that the inner one matches? A yes is certain. A no is certain where the inner pattern is a
 * text, which is plain matching, or where the outer one has no `?`.
 */
export function coversProgram(outer: Program, inner: Program, budget: Budget): boolean {
  budget.left--;
  if (partSoon(outer, inner, compareCover)) return false;
  let positions = close(outer, [0]);
  for (const step of inner) {
    budget.left -= positions.length;
    const next = positions.filter((position) => {
      const own = outer[position];
      return own !== undefined && takesAll(own, step) && (isRun(own) || !isRun(step));
    });
    if (next.length === 0) return false;
    positions = close(
      outer,
      next.map((position) => (isRun(outer[position] ?? 0) ? position : position + 1)),
    );
  }
  return positions.includes(outer.length);
}

function compareCover(outer: Step | undefined, inner: Step | undefined): Comparison {
  if (outer !== undefined && isRun(outer)) return "STOP";
  if (outer === undefined || inner === undefined || isRun(inner)) return "PART";
  return takesAll(outer, inner) ? "GO_ON" : "PART";
}

/** A run may stand for nothing, so the position behind it is reached as well. Both lists are sorted, each position once. */
function close(program: Program, positions: readonly number[]): readonly number[] {
  const closed: number[] = [];
  let reached = -1;
  for (const position of positions) {
    if (position <= reached) continue;
    reached = position;
    closed.push(position);
    while (isRun(program[reached] ?? 0)) closed.push(++reached);
  }
  return closed;
}
