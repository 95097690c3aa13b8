import type { ConditionTest } from "../conditions/condition-test.js";

/**
 * What an answer hangs on: condition tests that the context leaves open, joined by and, or, not. `UNKNOWN` stands for a
 * fact that exists and cannot be read; each occurrence is a fact of its own.
 */
export type Formula =
  | { readonly kind: "CONSTANT"; readonly value: boolean }
  | { readonly kind: "UNKNOWN" }
  | { readonly kind: "TEST"; readonly test: ConditionTest; readonly from: TestOrigin }
  | { readonly kind: "AND" | "OR"; readonly parts: readonly Formula[] }
  | { readonly kind: "NOT"; readonly part: Formula };

/** The statement that a test stands in: key of its policy and pointer. */
export interface TestOrigin {
  readonly policy: string;
  readonly pointer: string;
}

export const TRUE: Formula = { kind: "CONSTANT", value: true };
export const FALSE: Formula = { kind: "CONSTANT", value: false };
export const UNKNOWN: Formula = { kind: "UNKNOWN" };

export function allOf(parts: readonly Formula[]): Formula {
  return join("AND", parts, false);
}

export function anyOf(parts: readonly Formula[]): Formula {
  return join("OR", parts, true);
}

export function not(part: Formula): Formula {
  if (part.kind === "CONSTANT") return part.value ? FALSE : TRUE;
  return part.kind === "UNKNOWN" ? part : { kind: "NOT", part };
}

/** Drops what changes nothing; `settles` is the constant that decides the whole. */
function join(kind: "AND" | "OR", parts: readonly Formula[], settles: boolean): Formula {
  const kept: Formula[] = [];
  for (const part of parts) {
    if (part.kind !== "CONSTANT") kept.push(part);
    else if (part.value === settles) return part;
  }
  const [first] = kept;
  if (first === undefined) return settles ? FALSE : TRUE;
  return kept.length === 1 ? first : { kind, parts: kept };
}
