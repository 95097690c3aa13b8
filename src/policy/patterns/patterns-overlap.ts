import type { ResourcePattern } from "../arn.js";
import { programsMeet } from "./intersect-programs.js";
import { compilePattern } from "./program.js";

/** Patterns whose lengths multiply to more than this are taken to overlap. */
const MAX_PAIRS = 20_000;

/** Is there a resource that both patterns cover, letter case left aside? Two that cannot be told apart in time are taken to. */
export function patternsOverlap(left: ResourcePattern, right: ResourcePattern): boolean {
  if (left.text.length * right.text.length > MAX_PAIRS) return true;
  return programsMeet(compilePattern(left, true), compilePattern(right, true));
}
