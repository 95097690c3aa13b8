import type { RequestResource } from "./arn.js";
import { asciiLower } from "./ascii.js";
import type { Caller } from "./caller.js";
import { type Context, withKnown } from "./conditions/context.js";
import { textBit } from "./prepared/text-bit.js";

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
  /** `textBit` of the action's service; every bit for a name without one. */
  readonly serviceBit: number;
  /** `textBit` of the resource's service; every bit for the unscoped resource, which has none. */
  readonly resourceServiceBit: number;
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
  given: Omit<PointRequest, "foldedAction" | "serviceBit" | "resourceServiceBit">,
  known?: ReadonlyMap<string, readonly string[]>,
): PointRequest {
  const { action, resource, caller, isForeign, resourceGroup } = given;
  const always = new Map<string, readonly string[]>();
  always.set("action", [action]);
  always.set("resource", [resource.text]);
  if (known !== undefined) for (const [key, values] of known) always.set(key, values);
  const context = withKnown(given.context, always);
  const foldedAction = asciiLower(action);
  const serviceBit = serviceBitOf(foldedAction);
  const service = resource.segments?.[1];
  const resourceServiceBit = service === undefined ? EVERY_BIT : textBit(service);
  return {
    action,
    foldedAction,
    serviceBit,
    resource,
    resourceServiceBit,
    context,
    caller,
    isForeign,
    resourceGroup,
  };
}

function serviceBitOf(foldedAction: string): number {
  const colon = foldedAction.indexOf(":");
  return colon === -1 ? EVERY_BIT : textBit(foldedAction.slice(0, colon));
}

const EVERY_BIT = -1;
