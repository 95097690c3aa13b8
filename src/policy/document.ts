import type { ActionPattern } from "./action-pattern.js";
import type { ResourcePattern } from "./arn.js";
import type { ConditionTest } from "./conditions/condition-test.js";
import type { PrincipalPattern } from "./principal-pattern.js";

/** What a document is for; it decides which elements a statement must and must not have. */
export type PolicyDocumentType = "IDENTITY" | "TRUST" | "CONTROL" | "SESSION" | "RESOURCE";

/** A policy document as far as it can be read. What cannot be read is marked, never left out. */
export interface PolicyDocument {
  readonly type: PolicyDocumentType;
  readonly statements: readonly Statement[];
}

/** An element that lists patterns. `isNegated` for NotAction and NotResource. */
export interface PatternElement<P> {
  readonly isNegated: boolean;
  readonly patterns: readonly P[];
}

/**
 * One statement. An element is `UNREADABLE` where its meaning would have to be guessed: it then may match anything, and
 * the answer says so instead of assuming the best.
 */
export interface Statement {
  /** RFC 6901 pointer, e.g. `/Statement/3`; empty when the whole document could not be read. */
  readonly pointer: string;
  readonly effect: "ALLOW" | "DENY" | "UNREADABLE";
  readonly actions: PatternElement<ActionPattern> | "UNREADABLE";
  /** Covers everything in trust policies, which have no resource. */
  readonly resources: PatternElement<ResourcePattern> | "UNREADABLE";
  /** Absent outside of resource-based policies. */
  readonly principals?: readonly PrincipalPattern[] | "UNREADABLE";
  /** All of them must hold. */
  readonly conditions: readonly ConditionTest[];
  /** What keeps the statement from being read in full: codes of findings, in order. Empty when it is clear. */
  readonly unreadable: readonly UnreadablePart[];
}

/** A part of a statement that could not be read. */
export interface UnreadablePart {
  readonly code: string;
  readonly pointer: string;
  /** The text concerned. */
  readonly text: string;
  /** Where the part belongs to a condition. */
  readonly key?: string;
  readonly operator?: string;
}
