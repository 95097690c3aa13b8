import type { Steps } from "../../grants/steps.js";
import { workTogether } from "../../grants/work-together.js";
import type { Action } from "../../inventory/catalog.js";
import { assumesRole } from "../access/assume-role.js";
import type { Pair } from "./access-change.js";
import { alikeOnRoles } from "./alike-on-roles.js";
import { type Changes, changesOf } from "./changes-of.js";

/** Fewer pairs are compared one by one sooner than everybody is sorted by what they may assume. */
const MANY = 500;

/** Gives what differs for a pair and an action; in assuming roles, for pairs that are alike found once where there are many. */
export function changesFinder(pairs: readonly Pair[]): (pair: Pair, action: Action) => Steps<Changes> {
  const likeness = workTogether(() => alikeOnRoles(pairs));
  const known = new Map<string, Changes>();
  return function* (pair, action) {
    const isShared = pairs.length >= MANY && assumesRole(action.name);
    const alike = isShared ? (yield* likeness())(pair) : undefined;
    if (alike === undefined) return yield* changesOf(pair, action);
    const found = known.get(alike) ?? (yield* changesOf(pair, action));
    known.set(alike, found);
    return { rows: found.rows.map((row) => ({ ...row, pair })), isExact: found.isExact };
  };
}
