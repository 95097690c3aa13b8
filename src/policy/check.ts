export type MatchOutcome = "MATCHED" | "NOT_MATCHED" | "MATCHED_IF";
export type StatementElement =
  | "ACTION"
  | "NOT_ACTION"
  | "RESOURCE"
  | "NOT_RESOURCE"
  | "CONDITION"
  | "PRINCIPAL"
  | "SCOPE";
export type CheckReason =
  | "PATTERN_MATCH"
  | "EXCLUDED_BY_NOT_ACTION"
  | "EXCLUDED_BY_NOT_RESOURCE"
  | "RESOURCE_GROUP_DIFFERS"
  | "RESOURCE_GROUP_UNKNOWN"
  | "SERVICE_DIFFERS"
  | "ACTION_DIFFERS"
  | "REGION_DIFFERS"
  | "ACCOUNT_DIFFERS"
  | "RESOURCE_DIFFERS"
  | "VALUE_SATISFIES"
  | "VALUE_FAILS"
  | "KEY_UNKNOWN"
  | "KEY_ABSENT"
  | "OPERATOR_UNSUPPORTED"
  | "VALUE_UNREADABLE"
  | "PRINCIPAL_DIFFERS";

/** One element of a statement, or one key of its condition, held against the request. */
export interface Check {
  readonly element: StatementElement;
  readonly outcome: MatchOutcome;
  readonly reason: CheckReason;
  /** Text of the policy that was compared. */
  readonly pattern: string;
  /** Value of the request; absent when unknown or not present. */
  readonly value?: string;
  readonly key?: string;
  readonly operator?: string;
}
