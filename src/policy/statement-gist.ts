import { type ActionPattern, serviceOfAction } from "./action-pattern.js";
import type { ResourcePattern } from "./arn.js";
import type { Statement } from "./document.js";
import { textBit } from "./prepared/text-bit.js";
import { hasWildcard } from "./wildcard.js";

/**
 * What nearly always tells how a statement compares, in one place: a statement itself lies about in memory, and explaining one that
 * speaks of another service would otherwise take longer to fetch it than to read it.
 */
export interface StatementGist {
  /** The services that its action patterns are of, `textBit` of each; every bit where one may be of any service. */
  readonly actionServices: number;
  readonly isActionNegated: boolean;
  readonly firstAction: string;
  /** The same of its resource patterns. */
  readonly resourceServices: number;
  readonly isResourceNegated: boolean;
  readonly firstResource: string;
  /** It consists of these two elements alone, and all of it could be read. */
  readonly isBare: boolean;
}

const EVERY_BIT = -1;

/** Undefined for a statement without patterns of both that can be read. */
export function gistOf(statement: Statement): StatementGist | undefined {
  const { actions, resources, conditions, unreadable, principals } = statement;
  if (actions === "UNREADABLE" || resources === "UNREADABLE") return undefined;
  const [[action], [resource]] = [actions.patterns, resources.patterns];
  if (action === undefined || resource === undefined) return undefined;
  return {
    actionServices: servicesOf(actions.patterns, serviceOfPattern),
    isActionNegated: actions.isNegated,
    firstAction: action.text,
    resourceServices: servicesOf(resources.patterns, ({ segments }) => segments?.[1] ?? "*"),
    isResourceNegated: resources.isNegated,
    firstResource: resource.text,
    isBare: conditions.length === 0 && unreadable.length === 0 && principals === undefined,
  };
}

function serviceOfPattern({ folded }: ActionPattern): string {
  return serviceOfAction(folded);
}

function servicesOf<P extends ActionPattern | ResourcePattern>(
  patterns: readonly P[],
  serviceOf: (pattern: P) => string,
): number {
  let bits = 0;
  for (const pattern of patterns) {
    const service = serviceOf(pattern);
    if (hasWildcard(service)) return EVERY_BIT;
    bits |= textBit(service);
  }
  return bits;
}
