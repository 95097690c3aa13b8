import type { Key } from "../../inventory/keys.js";

/** A change that would alter an answer. */
export type LeverKind =
  | "REWRITE_POLICY"
  | "REVIVE_POLICY_VERSION"
  | "ATTACH_POLICY"
  | "DETACH_POLICY"
  | "REMOVE_FROM_GROUP"
  | "REWRITE_TRUST_POLICY"
  | "REWRITE_BUCKET_POLICY"
  | "REWRITE_CONTROL_POLICY"
  | "DETACH_CONTROL_POLICY";

/** One change, and the call that makes it. */
export interface Lever {
  readonly kind: LeverKind;
  /** The account whose users and roles can. */
  readonly accountId: string;
  readonly action: string;
  /** ARNs that the call names; empty where the form of its ARNs is not documented. */
  readonly arns: readonly string[];
  /** The policy, group, user or role that is changed. */
  readonly subject: Key;
  /** What the change does, as people say it: `rewrite policy Keeper`. */
  readonly text: string;
}
