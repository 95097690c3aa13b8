import type { RequestResource } from "./arn.js";
import { asciiLower } from "./ascii.js";
import { type Context, withKnown } from "./conditions/context.js";

/** One action on one resource under given circumstances: the smallest thing that can be decided. */
export interface PointRequest {
  /** As asked, `service:Name`. */
  readonly action: string;
  readonly foldedAction: string;
  readonly resource: RequestResource;
  readonly context: Context;
  /** The resource belongs to another account than the principal. */
  readonly isForeign: boolean;
}

/**
 * Builds a request. The pseudo-keys `Action` and `Resource`, which official policies test though no page documents them,
 * are part of every context.
 */
export function pointRequest(
  action: string,
  resource: RequestResource,
  context: Context,
  isForeign: boolean,
): PointRequest {
  const always = new Map([
    ["action", [action]],
    ["resource", [resource.text]],
  ]);
  return { action, foldedAction: asciiLower(action), resource, context: withKnown(context, always), isForeign };
}
