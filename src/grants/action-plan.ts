import { DENIES, settledEffect } from "../policy/prepared/effects.js";
import { mayCover, type PreparedStatement } from "../policy/prepared/prepared-statement.js";
import { textBit } from "../policy/prepared/text-bit.js";
import { addAll, type Bits, noBits } from "./bits.js";
import { type PolicyUnit, unitOf } from "./policy-units.js";
import type { Snapshot } from "./snapshot.js";

/** All that is to be known about an action before a resource is named. */
export interface ActionPlan {
  /** Places of principals whom a statement at account scope allows it on every resource and without condition. */
  readonly allowed: Bits;
  /** Those whom one denies it so. */
  readonly denied: Bits;
  /** What hangs on the resource, on conditions or on resource groups. */
  readonly open: readonly OpenPolicy[];
}

/** A policy that does not say the same of every request for the action. */
export interface OpenPolicy {
  readonly unit: PolicyUnit;
  /** Statements that hang on the resource or on conditions. */
  readonly statements: readonly PreparedStatement[];
  /** Whom it reaches at account scope. */
  readonly wide: Uint32Array;
  /** Every statement about the action, which count within resource groups. */
  readonly covering: readonly PreparedStatement[];
  readonly scoped: readonly { readonly resourceGroupId: string; readonly places: Uint32Array }[];
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
    const groups = reach.scoped(number);
    if (statements.length === 0 && groups.length === 0) continue;
    const scoped = groups.map(({ scope, places }) => ({ resourceGroupId: reach.scopeName(scope), places }));
    open.push({ unit, statements, wide, covering, scoped });
  }
  return { allowed, denied, open };
}
