import type { ResourcePattern } from "../arn.js";

/** One step of a pattern: a literal UTF-16 unit (0 or more), one of the wildcards below, or `eitherCase` of a letter. */
export type Step = number;

/** `?` and `*` over every character. */
export const ANY_ONE: Step = -1;
export const ANY_RUN: Step = -2;
/** `?` and `*` within one of the first four segments of an ARN: every character but the colon. */
export const SEGMENT_ONE: Step = -3;
export const SEGMENT_RUN: Step = -4;

export const COLON = 58;

/** A letter of A to Z in either case, given its lower-case unit. */
const EITHER_CASE = -1000;

function eitherCase(lower: number): Step {
  return EITHER_CASE - lower;
}

/** The units that a literal step takes; none for wildcards. */
export function literalsOf(step: Step): readonly number[] {
  if (step >= 0) return [step];
  return step > EITHER_CASE ? [] : [EITHER_CASE - step, EITHER_CASE - step - 32];
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
 */
export function compilePattern({ text, form, segments }: ResourcePattern): Program {
  if (form !== "ARN" || segments === undefined) return compileWildcards(text);
  const program: Step[] = [];
  for (const segment of segments.slice(0, 4)) program.push(...stepsOf(segment, SEGMENT_ONE, SEGMENT_RUN), COLON);
  return [...program, ...stepsOf(segments[4], ANY_ONE, ANY_RUN)];
}

/** `*` and `?` over every character. */
export function compileWildcards(text: string): Program {
  return stepsOf(text, ANY_ONE, ANY_RUN);
}

/** The text itself, letter case of A to Z ignored or not. */
export function compileLiteral(text: string, ignoresCase: boolean): Program {
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text.charCodeAt(i);
    const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit;
    return ignoresCase && lower >= 97 && lower <= 122 ? eitherCase(lower) : unit;
  });
}

function stepsOf(text: string, one: Step, run: Step): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "*" && steps.at(-1) === run) continue;
    steps.push(char === "*" ? run : char === "?" ? one : text.charCodeAt(i));
  }
  return steps;
}
