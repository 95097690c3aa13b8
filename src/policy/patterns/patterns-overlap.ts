import type { ResourcePattern } from "../arn.js";
import { STEP_BUDGET } from "./budget.js";
import { findWord } from "./find-word.js";
import { compilePattern } from "./program.js";

/** Is there a resource that both patterns cover, letter case left aside? Two that cannot be told apart in time are taken to. */
export function patternsOverlap(left: ResourcePattern, right: ResourcePattern): boolean {
  const unions = [left, right].map((pattern) => [compilePattern(pattern, true)]);
  return findWord(unions, [], { left: STEP_BUDGET }) !== "NONE";
}
