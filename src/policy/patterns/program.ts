import type { ResourcePattern } from "../arn.js";

/** One step of a pattern: a literal code point (0 or more), one of the wildcards below, or `eitherCase` of a letter. */
export type Step = number;

/** `?` and `*` over every character. */
export const ANY_ONE: Step = -1;
export const ANY_RUN: Step = -2;
/**
 * `?` and `*` within one of the first four segments of an ARN: every character but the colon and A to Z, for these
 * segments are compared in lower case.
 */
export const SEGMENT_ONE: Step = -3;
export const SEGMENT_RUN: Step = -4;

export const COLON = 58;

/** A letter of A to Z in either case, given its lower-case code. */
const EITHER_CASE = -1000;

function eitherCase(lower: number): Step {
  return EITHER_CASE - lower;
}

/** The code points that a literal step takes, lower case last; none for wildcards. */
export function literalsOf(step: Step): readonly number[] {
  if (step >= 0) return [step];
  return step > EITHER_CASE ? [] : [EITHER_CASE - step - 32, EITHER_CASE - step];
}

/** A pattern as steps over the text of a resource. */
export type Program = readonly Step[];

/** Every five-segment name; an empty region or account is read as `*`, so none of the first four is empty. */
export const ANY_ARN: ResourcePattern = {
  text: "acs:?*:?*:?*:*",
  form: "ARN",
  segments: ["acs", "?*", "?*", "?*", "*"],
};

/**
 * Compiles a pattern. In an ARN the wildcards of the first four segments do not cross colons, which is the same as
 * comparing segment by segment.
 *
 * @param ignoresCase whether the relative id is compared without regard to letter case
 */
export function compilePattern({ text, form, segments }: ResourcePattern, ignoresCase: boolean): Program {
  if (form !== "ARN" || segments === undefined) return compileWildcards(text, ignoresCase);
  const program: Step[] = [];
  for (const segment of segments.slice(0, 4)) program.push(...stepsOf(segment, SEGMENT_ONE, SEGMENT_RUN, false), COLON);
  return [...program, ...compileWildcards(segments[4], ignoresCase)];
}

/** `*` and `?` over every character. */
export function compileWildcards(text: string, ignoresCase: boolean): Program {
  return stepsOf(text, ANY_ONE, ANY_RUN, ignoresCase);
}

/** The text itself, letter case of A to Z ignored or not. */
export function compileLiteral(text: string, ignoresCase: boolean): Program {
  return Array.from(text, (char) => literalStep(char, ignoresCase));
}

function stepsOf(text: string, one: Step, run: Step, ignoresCase: boolean): Step[] {
  const steps: Step[] = [];
  for (const char of text) {
    if (char === "*" && steps.at(-1) === run) continue;
    steps.push(char === "*" ? run : char === "?" ? one : literalStep(char, ignoresCase));
  }
  return steps;
}

function literalStep(char: string, ignoresCase: boolean): Step {
  const code = char.codePointAt(0) ?? 0;
  if (!ignoresCase || !/[A-Za-z]/.test(char)) return code;
  return eitherCase(code | 32);
}
