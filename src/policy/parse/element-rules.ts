import type { PolicyDocumentType } from "../document.js";

/** How an element of a statement is treated in one type of document. */
export type ElementRule = "REQUIRED" | "OPTIONAL" | "FORBIDDEN";

/** Elements that the grammar never had but that do not alter a statement's meaning. */
export const IGNORED_ELEMENTS: ReadonlySet<string> = new Set(["Sid", "Id"]);

export const KNOWN_ELEMENTS: ReadonlySet<string> = new Set([
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Principal",
]);

/** Trust policies name who, not what; the others the reverse, and bucket policies both. */
export const RESOURCE_RULE: Readonly<Record<PolicyDocumentType, ElementRule>> = {
  IDENTITY: "REQUIRED",
  CONTROL: "REQUIRED",
  SESSION: "REQUIRED",
  RESOURCE: "REQUIRED",
  TRUST: "OPTIONAL",
};

export const PRINCIPAL_RULE: Readonly<Record<PolicyDocumentType, ElementRule>> = {
  IDENTITY: "FORBIDDEN",
  CONTROL: "FORBIDDEN",
  SESSION: "FORBIDDEN",
  RESOURCE: "REQUIRED",
  TRUST: "REQUIRED",
};
