import { grantsOf } from "../../grants/grants-of.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Action } from "../../inventory/catalog.js";
import { coversResource, type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { assumesRole } from "../access/assume-role.js";
import type { AccessChange, Pair, Side } from "./access-change.js";
import { differs, kindsOf } from "./compare-cells.js";
import { type Cell, judgeCells, someOf } from "./judge-cells.js";

/**
 * What differs between two sides for one action: a row for each resource pattern of their statements on which something
 * does. A difference that none of them covers stands under `*`. Yields before each pattern.
 */
export function* changesOf(pair: Pair, action: Action): Generator<undefined, readonly AccessChange[], undefined> {
  const folded = asciiLower(action.name);
  if (!pair.mayDiffer(folded)) return [];
  const cells = yield* judgeCells(pair, action.name);
  const differing = cells.filter(differs);
  if (differing.length === 0) return [];
  const patterns = assumesRole(folded) ? differing.map(nameOf) : coveringAll(patternsOf(pair, folded), differing);
  const changes: AccessChange[] = [];
  for (const pattern of patterns.toSorted((a, b) => compareBytes(a.text, b.text))) {
    yield undefined;
    const within = assumesRole(folded)
      ? cells.filter(({ resource }) => coversResource(pattern, resource))
      : yield* judgeCells(pair, action.name, someOf(pattern));
    if (within.some(differs)) changes.push(...kindsOf(within).map((kind) => ({ kind, pair, action, pattern })));
  }
  return changes;
}

/** Roles are told apart by their trust, so each that differs has a row of its own. */
function nameOf({ resource }: Cell): ResourcePattern {
  return readResourcePattern(resource.text).pattern;
}

function coveringAll(written: readonly ResourcePattern[], differing: readonly Cell[]): readonly ResourcePattern[] {
  const isCovered = differing.every(({ resource }) => written.some((pattern) => coversResource(pattern, resource)));
  return isCovered ? written : [...written.filter(({ form }) => form !== "ANY"), ANY];
}

const ANY: ResourcePattern = readResourcePattern("*").pattern;

/** Resource patterns of the statements that reach the action on either side, each text once. */
function patternsOf({ base, head }: Pair, foldedAction: string): readonly ResourcePattern[] {
  const patterns = [...patternsIn(base, foldedAction), ...patternsIn(head, foldedAction)];
  return [...new Map(patterns.map((pattern) => [pattern.text, pattern])).values()];
}

function patternsIn({ snapshot, principal, isAbsent }: Side, foldedAction: string): readonly ResourcePattern[] {
  const grants = isAbsent ? [] : grantsOf(snapshot, principal);
  return grants.flatMap(({ statement }) => {
    const { resources } = statement;
    if (mayCoverAction(statement, foldedAction) === false) return [];
    return resources === "UNREADABLE" || resources.isNegated ? [ANY] : resources.patterns;
  });
}
