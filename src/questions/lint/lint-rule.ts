import type { CatalogIndex } from "../../grants/catalog-index.js";
import type { PolicyDocumentType, Statement } from "../../policy/document.js";
import type { Severity } from "../../policy/finding.js";
import type { Budget } from "../../policy/patterns/budget.js";

/** What a kind of finding means to the person who gets it; the text of docs/lint.md. */
export interface FindingKind {
  /** Stable, upper case with underscores. */
  readonly code: string;
  readonly severity: Severity;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** What to do about it. */
  readonly mend: string;
  /** A document that has it, as JSON text or as its statements. */
  readonly example: LintExample;
}

export interface LintExample {
  /** Left out, an identity policy. */
  readonly type?: PolicyDocumentType;
  readonly document: string | readonly Readonly<Record<string, unknown>>[];
}

/** One thing to look for in documents. */
export interface LintRule extends FindingKind {
  /** Finds every place; the rule's code and severity and the line are added by whoever runs it. */
  readonly find: (document: LintDocument) => readonly Remark[];
}

/** A document as rules see it. */
export interface LintDocument {
  /** As given. */
  readonly text: string;
  readonly type: PolicyDocumentType;
  readonly statements: readonly Statement[];
  readonly catalog: CatalogIndex;
  /** Shared by all rules, so that no document can make them run on. */
  readonly budget: Budget;
  /** Kept by the cloud, whose own limits it need not mind. */
  readonly isProvided: boolean;
}

export interface Remark {
  /** Lower case, no full stop, without the place. */
  readonly message: string;
  /** RFC 6901; a step that leads nowhere is cut off. */
  readonly pointer: string;
  readonly suggestion?: string;
}
