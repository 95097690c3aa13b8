/** Something that a call is about, told by its place in a step: whoever takes the step, or what the step is aimed at. */
export type CallResource =
  /** The user or role that takes the step. */
  | "SELF"
  /** The user, group, role or policy that the step is aimed at. */
  | "TARGET"
  /** The user, group or role that the policy aimed at is attached to. */
  | "HOLDER"
  /** The system policy that allows everything. */
  | "ADMIN_POLICY"
  /** A policy, role or user that the step makes. */
  | "NEW_POLICY"
  | "NEW_ROLE"
  | "NEW_USER"
  /** Any one resource of the account. */
  | "SOME"
  /** None: the call names no resource. */
  | "NONE";

/** One call of a step. */
export interface PrimitiveCall {
  /** Actions of which one suffices. */
  readonly anyOf: readonly [string, ...string[]];
  readonly on: readonly [CallResource, ...CallResource[]];
  /** What the call carries. */
  readonly context?: Readonly<Record<string, string>>;
  /** The role's trust policy counts for nothing: the step has just written it. */
  readonly skipsTrust?: true;
}

/** What a step may be aimed at, seen from whoever takes it. */
export type PrimitiveTarget =
  | "NOTHING"
  /** A group that one is in. */
  | "OWN_GROUP"
  | "OTHER_GROUP"
  /** A custom policy that reaches one. */
  | "OWN_POLICY"
  /** Any policy that is attached to one directly, or to one of one's groups. */
  | "HELD_POLICY"
  | "GROUP_POLICY"
  | "OTHER_USER"
  | "OTHER_ROLE"
  /** A role of any account. */
  | "ANY_ROLE";

/** What a step makes of whoever takes it. */
export type PrimitiveYield =
  /** A policy that allows everything is added to what they hold. */
  | "ADD_EVERYTHING"
  /** The policy aimed at allows everything from now on. */
  | "REWRITE_POLICY"
  /** An older version of the policy is in force again. */
  | "REVIVE_POLICY"
  /** The policy aimed at no longer reaches them. */
  | "DROP_POLICY"
  | "JOIN_GROUP"
  | "LEAVE_GROUP"
  /** They act as the user or role aimed at. */
  | "BECOME"
  /** They act as that role, which has been given everything. */
  | "BECOME_WITH_EVERYTHING"
  /** They act as somebody new who may do everything. */
  | "BECOME_NEW";

/** One way to gain rights by calls that are themselves allowed. */
export interface Primitive {
  /** Who can take it. */
  readonly by: "USER" | "ROLE" | "ANYONE";
  readonly target: PrimitiveTarget;
  readonly calls: readonly PrimitiveCall[];
  readonly yields: PrimitiveYield;
  /** The service that the role aimed at must trust, e.g. `ecs.aliyuncs.com`. */
  readonly service?: string;
  /** What has to be the case besides and is not among the imported facts. */
  readonly unknown?: string;
  /** In words that stand in a sentence: "alice <does> <target>". */
  readonly does: string;
  readonly description: string;
  /** Where it is said what the calls do. */
  readonly source: string;
}
