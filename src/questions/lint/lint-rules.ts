import type { FindingKind, LintRule } from "./lint-rule.js";
import { READING_FINDINGS } from "./reading-findings.js";
import { allowNotAction } from "./rules/allow-not-action.js";
import { allowsEverything } from "./rules/allows-everything.js";
import { broadDelete } from "./rules/broad-delete.js";
import { broadPermissionManagement } from "./rules/broad-permission-management.js";
import { conditionAlwaysHolds } from "./rules/condition-always-holds.js";
import { conditionNeverHolds } from "./rules/condition-never-holds.js";
import { denyWithoutEffect } from "./rules/deny-without-effect.js";
import { documentTooLong } from "./rules/document-too-long.js";
import { federationWithoutAudience } from "./rules/federation-without-audience.js";
import { idleAction } from "./rules/idle-action.js";
import { misspeltConditionKey } from "./rules/misspelt-condition-key.js";
import { openToAnyone } from "./rules/open-to-anyone.js";
import { overruledAllow } from "./rules/overruled-allow.js";
import { passRoleWithoutService } from "./rules/pass-role-without-service.js";
import { ramFullAccess } from "./rules/ram-full-access.js";
import { redundantPattern } from "./rules/redundant-pattern.js";
import { resourceNotTaken } from "./rules/resource-not-taken.js";
import { shadowedStatement } from "./rules/shadowed-statement.js";
import { trustWithoutAssumeRole } from "./rules/trust-without-assume-role.js";
import { unknownAction } from "./rules/unknown-action.js";
import { wildcardIsLiteral } from "./rules/wildcard-is-literal.js";

/** Everything that is looked for in documents. A new rule is one file and one line here. */
export const LINT_RULES: readonly LintRule[] = [
  allowsEverything,
  ramFullAccess,
  allowNotAction,
  broadDelete,
  broadPermissionManagement,
  passRoleWithoutService,
  openToAnyone,
  federationWithoutAudience,
  trustWithoutAssumeRole,
  conditionNeverHolds,
  conditionAlwaysHolds,
  wildcardIsLiteral,
  misspeltConditionKey,
  overruledAllow,
  shadowedStatement,
  denyWithoutEffect,
  redundantPattern,
  unknownAction,
  idleAction,
  resourceNotTaken,
  documentTooLong,
];

/** Every kind of finding that linting a document gives. */
export const FINDING_KINDS: readonly FindingKind[] = [...READING_FINDINGS, ...LINT_RULES];
