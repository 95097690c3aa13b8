import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Action } from "../../inventory/catalog.js";
import type { Key } from "../../inventory/keys.js";
import type { ResourcePattern } from "../../policy/arn.js";

export type ChangeKind = "GAINED" | "LOST" | "WIDENED" | "NARROWED";

/** A principal in one state. One that is not there may do nothing. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly principal: CompiledPrincipal;
  readonly isAbsent: boolean;
}

/** What is held against each other. */
export interface Pair {
  readonly base: Side;
  readonly head: Side;
  /** Policies by which the two may differ. */
  readonly policies: ReadonlySet<Key>;
  /** False for an action (in lower case) about which nothing differs between the two. */
  readonly mayDiffer: (foldedAction: string) => boolean;
  /** Roles on assuming which they may differ; left out, any. */
  readonly roles?: ReadonlySet<Key> | undefined;
}

/** A difference: what somebody may do with the resources of a pattern before and after. */
export interface AccessChange {
  readonly kind: ChangeKind;
  readonly pair: Pair;
  readonly action: Action;
  readonly pattern: ResourcePattern;
}
