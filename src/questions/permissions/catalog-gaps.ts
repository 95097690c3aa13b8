import type { Snapshot } from "../../grants/snapshot.js";
import { actionKey, serviceKey } from "../../inventory/keys.js";
import type { Gap } from "../../inventory/source.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { hasWildcard } from "../../policy/wildcard.js";

/**
 * Services that a principal's Allow statements reach beyond what the catalog lists: an action that it does not know, or a
 * wildcard over a service no authorization page was read for. Rows for such actions are missing from the answer.
 */
export function catalogGaps(snapshot: Snapshot, grants: readonly Grant[]): readonly Gap[] {
  const allowing = grants.map(({ statement }) => statement).filter(({ effect }) => effect === "ALLOW");
  return gapsOfStatements(snapshot, allowing);
}

/** The same for any statements. */
export function gapsOfStatements(snapshot: Snapshot, statements: readonly Statement[]): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { actions } of statements) {
    if (actions === "UNREADABLE") continue;
    const patterns = actions.isNegated ? ["*"] : actions.patterns.map(({ folded }) => folded);
    for (const pattern of patterns) {
      const gap = gapOf(snapshot, pattern);
      if (gap !== undefined) gaps.set(gap.subject, gap);
    }
  }
  return [...gaps.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1));
}

/** What the catalog does not list of the actions that a pattern (in lower case) reaches. */
export function gapOf({ catalog }: Snapshot, pattern: string): Gap | undefined {
  const service = serviceOfAction(pattern);
  if (hasWildcard(service)) {
    const detail = "a pattern reaches every service, also those whose actions the catalog does not list";
    return { reason: "SERVICE_NOT_IN_CATALOG", subject: "*", detail };
  }
  if (!hasWildcard(pattern) && catalog.actions.has(actionKey(pattern))) return undefined;
  if (catalog.operationsOfService.has(serviceKey(service)) && hasWildcard(pattern)) return undefined;
  const detail = `pattern \`${pattern}\` reaches actions of \`${service}\` that the catalog does not list`;
  return { reason: "SERVICE_NOT_IN_CATALOG", subject: service, detail };
}
