import { grantsOf } from "../../grants/grants-of.js";
import { groupBy } from "../../grants/group-by.js";
import type { Steps } from "../../grants/steps.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Action } from "../../inventory/catalog.js";
import { coversResource, type RequestResource, type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { hasWildcard } from "../../policy/wildcard.js";
import { assumesRole } from "../access/assume-role.js";
import type { AccessChange, Pair, Side } from "./access-change.js";
import { differs, kindsOf } from "./compare-cells.js";
import { type Cell, judgeCells, someOf } from "./judge-cells.js";

/** What differs for one action. */
export interface Changes {
  readonly rows: readonly AccessChange[];
  /** False where resources were too many to be told apart, so that rows may be missing. */
  readonly isExact: boolean;
}

const NONE: Changes = { rows: [], isExact: true };

/**
 * What differs between two sides for one action: a row for each resource pattern of their statements on which something
 * does. A difference that none of them covers stands under `*`. Yields before each pattern.
 */
export function* changesOf(pair: Pair, action: Action): Steps<Changes> {
  const folded = asciiLower(action.name);
  if (!pair.mayDiffer(folded)) return NONE;
  const { cells, isExact } = yield* judgeCells(pair, action.name);
  const differing = cells.filter(differs);
  // The resources of one pattern can be told apart where all of them together are too many.
  if (differing.length === 0 && isExact) return NONE;
  if (assumesRole(folded)) return { rows: yield* changesOnRoles(pair, action, cells, differing), isExact };
  const rows: AccessChange[] = [];
  let isToldApart = isExact;
  for (const pattern of inOrder(coveringAll(patternsOf(pair, folded), differing))) {
    yield undefined;
    const within = yield* judgeCells(pair, action.name, someOf(pattern));
    isToldApart &&= within.isExact;
    if (within.cells.some(differs)) addKinds(rows, within.cells, { pair, action, pattern });
  }
  return { rows, isExact: isToldApart };
}

/** Roles are told apart by their trust, so each that differs has a row of its own. */
function* changesOnRoles(
  pair: Pair,
  action: Action,
  cells: readonly Cell[],
  differing: readonly Cell[],
): Steps<readonly AccessChange[]> {
  const alike = cellsByName(cells);
  const changes: AccessChange[] = [];
  for (const pattern of inOrder(differing.map(({ resource }) => readResourcePattern(resource.text).pattern))) {
    yield undefined;
    const within = alike(pattern).filter(({ resource }) => coversResource(pattern, resource));
    addKinds(changes, within, { pair, action, pattern });
  }
  return changes;
}

/** Gives the few cells that a role's ARN can cover: those of that name, in any account, where the name has no wildcard. */
function cellsByName(cells: readonly Cell[]): (pattern: ResourcePattern) => readonly Cell[] {
  const nameOf = ({ segments }: RequestResource | ResourcePattern) => asciiLower(segments?.[4] ?? "*");
  const byName = groupBy(cells, ({ resource }) => nameOf(resource));
  return (pattern) => {
    const name = nameOf(pattern);
    return hasWildcard(name) ? cells : (byName.get(name) ?? []);
  };
}

function inOrder(patterns: readonly ResourcePattern[]): readonly ResourcePattern[] {
  return patterns.toSorted((a, b) => compareBytes(a.text, b.text));
}

function addKinds(changes: AccessChange[], within: readonly Cell[], of: Omit<AccessChange, "kind">): void {
  for (const kind of kindsOf(within)) changes.push({ kind, ...of });
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
