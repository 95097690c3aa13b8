import { ANY_ONE, ANY_RUN, literalsOf, type Program, SEGMENT_ONE, SEGMENT_RUN } from "./program.js";
import { isInSegment } from "./step-class.js";

/**
 * A union of patterns as a nondeterministic automaton. A state is the set of positions that some pattern may stand at
 * after the text read so far, as sorted numbers.
 */
export interface Automaton {
  readonly start: Positions;
  /** Positions after one more character. */
  readonly advance: (positions: Positions, char: number) => Positions;
  readonly accepts: (positions: Positions) => boolean;
  /** Every continuation is accepted. */
  readonly acceptsEverything: (positions: Positions) => boolean;
  /** Characters that tell some of the positions apart. */
  readonly literalsAt: (positions: Positions) => readonly number[];
}

export type Positions = readonly number[];

/** Builds the automaton of a union. Positions of all patterns are numbered through; each has one end position. */
export function automatonOf(programs: readonly Program[]): Automaton {
  const steps: number[] = [];
  const starts: number[] = [];
  for (const program of programs) {
    starts.push(steps.length);
    steps.push(...program, END);
  }
  const stepAt = (position: number) => steps[position] ?? END;
  const isRun = (position: number) => stepAt(position) === ANY_RUN || stepAt(position) === SEGMENT_RUN;
  /** A run may stand for nothing, so the position behind it is reached as well. */
  const close = (positions: Set<number>): Positions => {
    for (const position of positions) if (isRun(position)) positions.add(position + 1);
    return [...positions].sort((a, b) => a - b);
  };
  return {
    start: close(new Set(starts)),
    advance: (positions, char) => {
      const next = new Set<number>();
      for (const position of positions) {
        if (!consumes(stepAt(position), char)) continue;
        next.add(isRun(position) ? position : position + 1);
      }
      return close(next);
    },
    accepts: (positions) => positions.some((position) => stepAt(position) === END),
    acceptsEverything: (positions) =>
      positions.some((position) => stepAt(position) === ANY_RUN && stepAt(position + 1) === END),
    literalsAt: (positions) => positions.flatMap((position) => literalsOf(stepAt(position))),
  };
}

const END = -5;

function consumes(step: number, char: number): boolean {
  if (step === ANY_ONE || step === ANY_RUN) return true;
  if (step === SEGMENT_ONE || step === SEGMENT_RUN) return isInSegment(char);
  return step === char || literalsOf(step).includes(char);
}
