import type { GapReason, SourceKind } from "../inventory/source.js";
import type { Severity } from "../policy/finding.js";
import { enumType } from "./enum-type.js";

export const SeverityEnum = enumType<Severity>("Severity", "How much a finding matters.", {
  ERROR: "Something is wrong and was left out or could not be read.",
  SECURITY_WARNING: "Valid, and likely to open more than was meant.",
  WARNING: "Valid, and likely not what was meant.",
  SUGGESTION: "Fine, and could be said better.",
});

export const SourceKindEnum = enumType<SourceKind>("SourceKind", "What kind of source a fact was read from.", {
  DOCUMENTATION_PAGE: "A page of the cloud's documentation.",
  ACCOUNT_EXPORT: "A folder of API responses saved from one account.",
  LIVE_ACCOUNT: "One account, read through its API.",
  HYPOTHETICAL: "Changes that a question supposes; nobody stored them.",
});

export const CoverageGapReasonEnum = enumType<GapReason>(
  "CoverageGapReason",
  "Why an answer may not tell the whole truth.",
  {
    ACCOUNT_NOT_IMPORTED: "An account that is spoken of was never imported, or this server does not load it.",
    POLICY_DOCUMENT_MISSING: "A policy is attached and only its name is known.",
    POLICY_UNREADABLE:
      "A part of an attached policy could not be read, or names more resources than can be told apart.",
    CONTROL_POLICIES_NOT_IMPORTED: "The control policies of the resource directory were not imported.",
    RESOURCE_POLICIES_NOT_IMPORTED: "The policies of resources, such as bucket policies, were not imported.",
    RESOURCE_GROUP_UNKNOWN: "Which resources belong to a resource group is not known.",
    RESOURCES_NOT_IMPORTED: "Resources that no import names may exist and are not listed.",
    SERVICE_NOT_IN_CATALOG: "A policy names a service whose actions the catalog does not list.",
  },
);
