import type { Key } from "../../inventory/keys.js";
import type { RequestResource, ResourcePattern } from "../../policy/arn.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Finding } from "../../policy/finding.js";
import type { Grant, PolicyLayer } from "../../policy/grant.js";

/** What a principal would do, to what, under which circumstances. */
export interface AccessQuestion {
  readonly actions: ActionChoice;
  readonly resource: ResourceChoice;
  readonly context: Context;
  /** Statements of the policy that a role session was narrowed with. */
  readonly sessionPolicy?: readonly Grant[];
  /** Layers to leave out. */
  readonly ignoredLayers?: ReadonlySet<PolicyLayer>;
  /** What was noticed while the question was read, e.g. an action that the catalog does not know. */
  readonly remarks: readonly Finding[];
}

/** One action, or several joined by and (`ALL`) or or (`ANY`). */
export interface ActionChoice {
  readonly mode: "ALL" | "ANY";
  readonly parts: readonly ActionPart[];
  /** The set as asked, for display. */
  readonly text: string;
  /** Asked as an API operation: the actions that it depends on are among the parts. */
  readonly isOperation?: boolean;
  /** False when the actions were too many to be told apart, so that some are none of the parts; default true. */
  readonly isExact?: boolean;
}

export interface ActionPart {
  /** In the catalog's spelling where it is known. */
  readonly name: string;
  /** Key of the action of the catalog; absent when it is unknown. */
  readonly key?: Key;
  /** Where this action is asked about another resource than the question's. */
  readonly resource?: ResourceChoice;
  /** Needed only because an action of the operation depends on it. */
  readonly isPrerequisite?: boolean;
}

/**
 * `EACH`: one resource, or several that must all be reached. `SOME` and `EVERY`: a set given by patterns. The unscoped
 * resource is an `EACH` of one.
 */
export type ResourceChoice =
  | { readonly form: "EACH"; readonly resources: readonly RequestResource[]; readonly text: string }
  | { readonly form: "SOME" | "EVERY"; readonly patterns: readonly ResourcePattern[]; readonly text: string };

/** A question that cannot be taken: which argument, what is wrong, what to do. */
export interface Refusal {
  /** Path of the argument, e.g. `request.resource.arn`. */
  readonly argument: string;
  readonly message: string;
}

export type Taken<T> = { readonly value: T } | { readonly refusal: Refusal };

export function refuse(argument: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { argument, message } };
}
