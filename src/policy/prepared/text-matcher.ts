import { matchesWildcard } from "../wildcard.js";

/** What a pattern comes down to: nearly all of them need no search. */
type Form = "ANY" | "EXACT" | "PREFIX" | "WILDCARDS";

/** A pattern with `*` and `?`, looked at once. */
export interface TextMatcher {
  readonly form: Form;
  /** The whole text, what it has to begin with, or the pattern itself. */
  readonly text: string;
}

/** Surrogates stand for characters in pairs, which comparing by units would tear apart. */
const PLAIN_PREFIX = /^[^*?\ud800-\udfff]*\*$/;

/** Prepares a pattern; letter case counts as in `matchesWildcard`. */
export function textMatcher(pattern: string): TextMatcher {
  if (pattern === "*") return { form: "ANY", text: pattern };
  if (!pattern.includes("*") && !pattern.includes("?")) return { form: "EXACT", text: pattern };
  if (PLAIN_PREFIX.test(pattern)) return { form: "PREFIX", text: pattern.slice(0, -1) };
  return { form: "WILDCARDS", text: pattern };
}

/** The same answer as `matchesWildcard` gives for the pattern. */
export function matchesText({ form, text }: TextMatcher, value: string): boolean {
  switch (form) {
    case "ANY":
      return true;
    case "EXACT":
      return text === value;
    case "PREFIX":
      return value.startsWith(text);
    case "WILDCARDS":
      return matchesWildcard(text, value);
  }
}
