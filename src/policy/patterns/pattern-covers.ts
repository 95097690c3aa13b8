import { ignoresCase, type ResourcePattern } from "../arn.js";
import { STEP_BUDGET } from "./budget.js";
import { coversProgram } from "./covers-program.js";
import { compilePattern } from "./program.js";

/** Does the outer pattern cover every resource that the inner one does? A yes is certain. */
export function patternCovers(outer: ResourcePattern, inner: ResourcePattern): boolean {
  const fold = ignoresCase(inner.segments?.[1] ?? "");
  return coversProgram(compilePattern(outer, fold), compilePattern(inner, fold), { left: STEP_BUDGET });
}
