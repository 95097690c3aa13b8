import { ANY_ONE, ANY_RUN, COLON, type Program, type Step } from "./program.js";

/** What two steps that stand side by side tell: nothing yet, nothing any more (a run), or that the patterns part. */
export type Comparison = "GO_ON" | "STOP" | "PART";
type Compare = (left: Step | undefined, right: Step | undefined) => Comparison;

/**
 * Do two patterns part before their first runs, behind their last ones, or where the relative id of an ARN begins? Most
 * patterns of policies do, which spares everything else.
 */
export function partSoon(left: Program, right: Program, compare: Compare): boolean {
  // Names part behind more often than in front.
  if (walk(left, right, left.length - 1, right.length - 1, -1, compare)) return true;
  if (walk(left, right, 0, 0, 1, compare)) return true;
  const [i, j] = [relativeIdOf(left), relativeIdOf(right)];
  return i !== undefined && j !== undefined && walk(left, right, i, j, 1, compare);
}

function walk(left: Program, right: Program, i: number, j: number, by: 1 | -1, compare: Compare): boolean {
  for (let count = 0; ; count += by) {
    const [a, b] = [left[i + count], right[j + count]];
    if (a === undefined && b === undefined) return false;
    const comparison = compare(a, b);
    if (comparison !== "GO_ON") return comparison === "PART";
  }
}

/** Behind the fourth colon, which stands at the same place of every text as long as no wildcard crosses colons. */
function relativeIdOf(program: Program): number | undefined {
  let colons = 0;
  for (let at = 0; at < program.length; at++) {
    const step = program[at];
    if (step === ANY_RUN || step === ANY_ONE) return undefined;
    if (step === COLON && ++colons === 4) return at + 1;
  }
  return undefined;
}
