import { ANY_ONE, ANY_RUN, COLON, literalsOf, SEGMENT_ONE, SEGMENT_RUN, type Step } from "./program.js";

export function isRun(step: Step): boolean {
  return step === ANY_RUN || step === SEGMENT_RUN;
}

/** Characters that a segment of an ARN may hold: neither the colon nor A to Z, for segments are compared in lower case. */
export function isInSegment(char: number): boolean {
  return char !== COLON && !(char >= 65 && char <= 90);
}

/** The step that takes one of the characters that a run takes; other steps are left as they are. */
function oneOf(step: Step): Step {
  if (step === ANY_RUN) return ANY_ONE;
  return step === SEGMENT_RUN ? SEGMENT_ONE : step;
}

/** The step that takes what both take, run or not left aside; undefined when there is no such character. */
export function common(left: Step, right: Step): Step | undefined {
  if (left >= 0 && right >= 0) return left === right ? left : undefined;
  const [a, b] = [oneOf(left), oneOf(right)];
  if (a === b || b === ANY_ONE) return a;
  if (a === ANY_ONE) return b;
  const [literals, other] = literalsOf(a).length > 0 ? [literalsOf(a), b] : [literalsOf(b), a];
  const shared = literals.filter((char) =>
    other === SEGMENT_ONE ? isInSegment(char) : literalsOf(other).includes(char),
  );
  return shared[0];
}

/** Does the first step take every character that the second takes, run or not left aside? */
export function takesAll(outer: Step, inner: Step): boolean {
  return outer === inner || common(outer, inner) === oneOf(inner);
}
