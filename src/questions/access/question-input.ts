import type { ContextMode } from "../../policy/conditions/context.js";

/** A question as people write it; exactly one key of a one-of is given. */
export interface AccessQuestionInput {
  readonly actions: ActionInput;
  readonly resource: ResourceInput;
  readonly context?: ContextInput | undefined;
}
export interface ActionInput {
  readonly name?: string | undefined;
  readonly allOf?: readonly string[] | undefined;
  readonly anyOf?: readonly string[] | undefined;
  readonly operation?: string | undefined;
}
export interface ResourceInput {
  readonly arn?: string | undefined;
  readonly arns?: readonly string[] | undefined;
  readonly anyOf?: ResourceSetInput | undefined;
  readonly allOf?: ResourceSetInput | undefined;
  readonly unscoped?: boolean | undefined;
}
export interface ResourceSetInput {
  readonly pattern?: string | undefined;
  readonly type?: string | undefined;
}
export interface ContextInput {
  readonly mode?: ContextMode | null;
  readonly entries?: readonly ContextEntryInput[] | undefined;
}
export interface ContextEntryInput {
  readonly key: string;
  readonly values?: readonly string[] | undefined;
  readonly absent?: boolean | undefined;
}

/** Longest text of an action, pattern, key or value in a question, in UTF-16 units. */
export const MAX_TEXT = 2048;
/** Most actions or ARNs in one question. */
export const MAX_ITEMS = 100;
