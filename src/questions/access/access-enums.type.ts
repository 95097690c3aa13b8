import { enumType } from "../../graphql/enum-type.js";
import type { CheckReason, MatchOutcome, StatementElement } from "../../policy/check.js";
import type { ContextMode } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { PolicyLayer } from "../../policy/grant.js";
import type { PrincipalType } from "../who-can/principal-access.js";

export const VerdictEnum = enumType<Verdict>("Verdict", "The answer in one word.", {
  ALLOWED: "Allowed, whatever the circumstances that were left open.",
  CONDITIONAL: "Allowed when `condition` holds; the context given leaves it open.",
  IMPLICIT_DENY: "Not allowed: no Allow statement applies.",
  EXPLICIT_DENY: "Not allowed: a Deny statement applies, whatever the circumstances that were left open.",
  UNDETERMINED:
    "A fact that is known to exist and could matter is missing or unreadable: see `warnings`. A kind of fact that was never imported is a coverage gap instead, and decided as if there were none.",
});

export const PolicyLayerEnum = enumType<PolicyLayer>(
  "PolicyLayer",
  "The kinds of policies that RAM weighs, named as its own denial messages name them.",
  {
    CONTROL_POLICY: "Policies of the resource directory, an upper bound for member accounts.",
    SESSION_POLICY: "The policy given when a role was assumed, an upper bound for that session.",
    ACCOUNT_LEVEL_IDENTITY_POLICY: "Policies attached to the principal or its groups for the whole account.",
    RESOURCE_GROUP_LEVEL_IDENTITY_POLICY: "Policies attached to the principal or its groups within a resource group.",
    RESOURCE_POLICY: "Policies of the resource itself, such as a bucket policy.",
    ASSUME_ROLE_POLICY: "The trust policy of the role that is to be assumed.",
    CROSS_ACCOUNT: "The border between accounts: most services do not let one account into another.",
  },
);

export const ContextModeEnum = enumType<ContextMode>(
  "ContextMode",
  "What a key means that the context does not give.",
  {
    OPEN: "It is unknown, so the answer may be CONDITIONAL.",
    CLOSED: "It is absent from the request, so the answer is yes or no.",
  },
);

export const MatchOutcomeEnum = enumType<MatchOutcome>("MatchOutcome", "How a statement or one element compares.", {
  MATCHED: "It applies to the request.",
  NOT_MATCHED: "It does not apply to the request.",
  MATCHED_IF: "It applies if something holds that the context leaves open or that could not be read.",
});

export const StatementElementEnum = enumType<StatementElement>(
  "StatementElement",
  "The element of a statement that was compared.",
  {
    ACTION: "The actions that it covers.",
    NOT_ACTION: "The actions that it leaves out.",
    RESOURCE: "The resources that it covers.",
    NOT_RESOURCE: "The resources that it leaves out.",
    CONDITION: "One key of its condition.",
    PRINCIPAL: "Whom it names.",
    SCOPE: "The resource group that its attachment is limited to.",
  },
);

export const CheckReasonEnum = enumType<CheckReason>("CheckReason", "Why an element compares as it does.", {
  PATTERN_MATCH: "A pattern covers the value.",
  EXCLUDED_BY_NOT_ACTION: "The action is among those left out.",
  EXCLUDED_BY_NOT_RESOURCE: "The resource is among those left out.",
  RESOURCE_GROUP_DIFFERS: "The resource is in another resource group.",
  RESOURCE_GROUP_UNKNOWN: "Which resource group the resource is in is not known.",
  SERVICE_DIFFERS: "No pattern is of this service.",
  ACTION_DIFFERS: "Patterns of this service name other actions.",
  REGION_DIFFERS: "The closest pattern is for another region.",
  ACCOUNT_DIFFERS: "The closest pattern is for another account.",
  RESOURCE_DIFFERS: "The closest pattern is for another resource.",
  VALUE_SATISFIES: "The value of the key passes the test.",
  VALUE_FAILS: "The value of the key fails the test.",
  KEY_UNKNOWN: "The context does not say what the key holds.",
  KEY_ABSENT: "The request carries no such key.",
  OPERATOR_UNSUPPORTED: "The operator is unknown, so nothing is assumed about its outcome.",
  VALUE_UNREADABLE: "A value cannot be read, so nothing is assumed about the outcome.",
  PRINCIPAL_DIFFERS: "The statement names somebody else.",
});

export const PrincipalTypeEnum = enumType<PrincipalType>("PrincipalType", "Kinds of principals.", {
  ROLE: "A role, service-linked ones included.",
  SERVICE_LINKED_ROLE: "A role that belongs to one cloud service.",
  USER: "A RAM user.",
  SERVICE: "A cloud service acting for itself; answers only who may assume a role.",
  EXTERNAL: "Someone outside of the imported accounts, whom a trust or bucket policy names.",
});
