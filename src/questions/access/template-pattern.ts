import { type ResourcePattern, readResourcePattern } from "../../policy/arn.js";

/** An ARN template as a pattern: every placeholder stands for anything. */
export function templatePattern(template: string): ResourcePattern {
  const text = template.replace(/\{#[^}]*\}|\$\{[^}]*\}|\$[A-Za-z]+|<[^>]*>|\{[^}]*\}/g, "*");
  // Some pages leave blanks around the colons.
  return readResourcePattern(text.replace(/\s*:\s*/g, ":").trim()).pattern;
}
