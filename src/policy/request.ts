import type { RequestResource } from "./arn.js";
import { asciiLower } from "./ascii.js";
import type { Caller } from "./caller.js";
import { type Context, withKnown } from "./conditions/context.js";

/**
 * Which resource group a resource is in. `NONE`: in none, or of a kind that groups do not take. `UNKNOWN`: groups were
 * imported and this resource was not among their members. `NOT_IMPORTED`: nothing is known of groups.
 */
export type GroupMembership = { readonly id: string } | "NONE" | "UNKNOWN" | "NOT_IMPORTED";

/** One action on one resource under given circumstances: the smallest thing that can be decided. */
export interface PointRequest {
  /** As asked, `service:Name`. */
  readonly action: string;
  readonly foldedAction: string;
  readonly resource: RequestResource;
  readonly context: Context;
  /** Who asks. */
  readonly caller: Caller;
  /** The resource belongs to another account than the caller. */
  readonly isForeign: boolean;
  readonly resourceGroup: GroupMembership;
}

/**
 * Builds a request. The pseudo-keys `Action` and `Resource`, which official policies test though no page documents them,
 * are part of every context.
 *
 * @param known what else is known of it, by folded key; what the context gives goes first
 */
export function pointRequest(
  given: Omit<PointRequest, "foldedAction">,
  known?: ReadonlyMap<string, readonly string[]>,
): PointRequest {
  const { action, resource, caller, isForeign, resourceGroup } = given;
  const always = new Map<string, readonly string[]>();
  always.set("action", [action]);
  always.set("resource", [resource.text]);
  if (known !== undefined) for (const [key, values] of known) always.set(key, values);
  const context = withKnown(given.context, always);
  return { action, foldedAction: asciiLower(action), resource, context, caller, isForeign, resourceGroup };
}
