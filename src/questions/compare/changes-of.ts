import { grantsOf } from "../../grants/grants-of.js";
import { compareBytes } from "../../inventory/byte-order.js";
import type { Action } from "../../inventory/catalog.js";
import { coversResource, type ResourcePattern, readResourcePattern } from "../../policy/arn.js";
import { asciiLower } from "../../policy/ascii.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { assumesRole } from "../access/assume-role.js";
import type { AccessChange, Pair, Side } from "./access-change.js";
import { differs, kindsOf } from "./compare-cells.js";
import { type Cell, type Cells, judgeCells, someOf } from "./judge-cells.js";

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
export function* changesOf(pair: Pair, action: Action): Generator<undefined, Changes, undefined> {
  const folded = asciiLower(action.name);
  if (!pair.mayDiffer(folded)) return NONE;
  const { cells, isExact } = yield* judgeCells(pair, action.name);
  const differing = cells.filter(differs);
  // The resources of one pattern can be told apart where all of them together are too many.
  if (differing.length === 0 && isExact) return NONE;
  const patterns = assumesRole(folded) ? differing.map(nameOf) : coveringAll(patternsOf(pair, folded), differing);
  const rows: AccessChange[] = [];
  let isToldApart = isExact;
  for (const pattern of patterns.toSorted((a, b) => compareBytes(a.text, b.text))) {
    yield undefined;
    const within: Cells = assumesRole(folded)
      ? { cells: cells.filter(({ resource }) => coversResource(pattern, resource)), isExact }
      : yield* judgeCells(pair, action.name, someOf(pattern));
    isToldApart &&= within.isExact;
    if (within.cells.some(differs))
      rows.push(...kindsOf(within.cells).map((kind) => ({ kind, pair, action, pattern })));
  }
  return { rows, isExact: isToldApart };
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
