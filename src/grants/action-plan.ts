import { DENIES, settledEffect } from "../policy/prepared/effects.js";
import { mayCover, type PreparedStatement } from "../policy/prepared/prepared-statement.js";
import { textBit } from "../policy/prepared/text-bit.js";
import { addAll, type Bits, noBits } from "./bits.js";
import { unitOf } from "./policy-units.js";
import type { ScopedPlaces } from "./reach.js";
import type { Snapshot } from "./snapshot.js";

/** All that is to be known about an action before a resource is named. */
export interface ActionPlan {
  /** Places of principals whom a statement at account scope allows it on every resource and without condition. */
  readonly allowed: Bits;
  /** Those whom one denies it so. */
  readonly denied: Bits;
  /** What hangs on the resource or on conditions. */
  readonly open: readonly OpenPolicy[];
  /** Policies within resource groups, by the id of the group or what stands in its place. */
  readonly scoped: ReadonlyMap<string, readonly OpenPolicy[]>;
  /** The same taken together, for where nobody knows the resource's group. */
  readonly anyScope: Pick<ActionPlan, "allowed" | "denied" | "open">;
}

/** Statements of one policy that cover the action and hang on more, and the places of those whom it reaches. */
export interface OpenPolicy {
  readonly statements: readonly PreparedStatement[];
  readonly places: Uint32Array;
}

/** How many actions are remembered of one snapshot; one takes up to a few hundred kilobytes in the largest worlds. */
const MOST_PLANS = 64;

const KNOWN = new WeakMap<Snapshot, Map<string, ActionPlan>>();

/** The plan of an action, given in lower case. The one that was not asked for longest goes first when there are too many. */
export function planOf(snapshot: Snapshot, foldedAction: string): ActionPlan {
  const plans = KNOWN.get(snapshot) ?? new Map<string, ActionPlan>();
  KNOWN.set(snapshot, plans);
  const plan = plans.get(foldedAction) ?? makePlan(snapshot, foldedAction);
  plans.delete(foldedAction);
  plans.set(foldedAction, plan);
  const [oldest] = plans.size > MOST_PLANS ? plans.keys() : [];
  if (oldest !== undefined) plans.delete(oldest);
  return plan;
}

function makePlan({ actionIndex, principals, reach }: Snapshot, foldedAction: string): ActionPlan {
  const [wide, anyScope] = [new Sorter(principals.length), new Sorter(principals.length)];
  const nameBit = textBit(foldedAction);
  const scoped = new Map<string, OpenPolicy[]>();
  for (const compiled of actionIndex.policiesAbout(foldedAction)) {
    const covering = unitOf(compiled).statements.filter((statement) => mayCover(statement, foldedAction, nameBit));
    const number = covering.length === 0 ? undefined : reach.policyNumber(compiled.key);
    if (number === undefined) continue;
    wide.add(covering, reach.wide(number));
    const groups = reach.scoped(number);
    anyScope.add(covering, together(groups));
    for (const { scope, places } of groups) {
      const own = { statements: covering, places };
      const known = scoped.get(reach.scopeName(scope));
      if (known === undefined) scoped.set(reach.scopeName(scope), [own]);
      else known.push(own);
    }
  }
  return { ...wide.sorted, scoped, anyScope: anyScope.sorted };
}

/** Tells statements that say the same of every request for the action from those that hang on more. */
class Sorter {
  readonly sorted: { readonly allowed: Bits; readonly denied: Bits; readonly open: OpenPolicy[] };

  constructor(size: number) {
    this.sorted = { allowed: noBits(size), denied: noBits(size), open: [] };
  }

  add(covering: readonly PreparedStatement[], places: Uint32Array): void {
    if (places.length === 0) return;
    const { allowed, denied, open } = this.sorted;
    const statements: PreparedStatement[] = [];
    let settled = 0;
    for (const statement of covering) {
      const effect = statement.coversAnyResource ? settledEffect(statement) : 0;
      if (effect === 0) statements.push(statement);
      else if ((settled & effect) === 0) addAll(effect === DENIES ? denied : allowed, places);
      settled |= effect;
    }
    if (statements.length > 0) open.push({ statements, places });
  }
}

const NOBODY = new Uint32Array();

/** Everybody within some group, in ascending order; may name one twice. */
function together(groups: readonly ScopedPlaces[]): Uint32Array {
  const [first] = groups;
  if (groups.length < 2) return first?.places ?? NOBODY;
  const all = new Uint32Array(groups.reduce((sum, { places }) => sum + places.length, 0));
  let count = 0;
  for (const { places } of groups) {
    all.set(places, count);
    count += places.length;
  }
  return all.sort();
}
