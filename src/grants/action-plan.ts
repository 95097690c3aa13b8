import { DENIES, settledEffect } from "../policy/prepared/effects.js";
import { mayCover, type PreparedStatement } from "../policy/prepared/prepared-statement.js";
import { textBit } from "../policy/prepared/text-bit.js";
import { addAll, type Bits, noBits } from "./bits.js";
import { unitOf } from "./policy-units.js";
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
  const [allowed, denied] = [noBits(principals.length), noBits(principals.length)];
  const nameBit = textBit(foldedAction);
  const open: OpenPolicy[] = [];
  const scoped = new Map<string, OpenPolicy[]>();
  for (const compiled of actionIndex.policiesAbout(foldedAction)) {
    const unit = unitOf(compiled);
    const covering = unit.statements.filter((statement) => mayCover(statement, foldedAction, nameBit));
    const number = covering.length === 0 ? undefined : reach.policyNumber(compiled.key);
    if (number === undefined) continue;
    const wide = reach.wide(number);
    const statements: PreparedStatement[] = [];
    let settled = 0;
    for (const statement of covering) {
      const effect = statement.coversAnyResource ? settledEffect(statement) : 0;
      if (effect === 0) statements.push(statement);
      else if ((settled & effect) === 0) addAll(effect === DENIES ? denied : allowed, wide);
      settled |= effect;
    }
    if (statements.length > 0 && wide.length > 0) open.push({ statements, places: wide });
    for (const { scope, places } of reach.scoped(number)) {
      const own = { statements: covering, places };
      const known = scoped.get(reach.scopeName(scope));
      if (known === undefined) scoped.set(reach.scopeName(scope), [own]);
      else known.push(own);
    }
  }
  return { allowed, denied, open, scoped };
}
