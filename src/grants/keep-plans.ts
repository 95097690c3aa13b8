import type { InventoryChange } from "../inventory/inventory-change.js";
import { plansOf } from "./action-plan.js";
import { addBit, hasBit, noBits } from "./bits.js";
import type { LayeredPlan } from "./layered-plan.js";
import type { ActionPlan } from "./plan-draft.js";
import { MOST_STALE, type Touch, touchOf } from "./plan-touch.js";
import { basesOf, type ServiceBase } from "./service-base.js";
import type { Snapshot } from "./snapshot.js";

/** When so many statements came beside what was worked out for a service, working it out anew costs less than weighing them each time. */
const MOST_ADDED = 64;

/**
 * Lets an updated snapshot have what was worked out for actions and services with the one that it was made from, as far as the change does not
 * touch it. Of services it is kept beyond that: what policies say that say something new counts beside it, and the few principals whom a
 * policy reaches otherwise than before are decided one by one.
 */
export function keepPlans(before: Snapshot, after: Snapshot, change: InventoryChange): void {
  const bases = basesOf(before);
  if (before.principals !== after.principals || bases.size === 0) return;
  const touch = touchOf(before, after, change);
  if (touch === undefined) return;
  const [keptBases, keptPlans] = [basesOf(after), plansOf(after)];
  if (keptBases !== bases) {
    for (const [service, base] of bases)
      keptBases.set(service, base === "ASKED" ? base : (keepBase(base, service, touch) ?? "ASKED"));
  }
  for (const [action, plan] of plansOf(before)) if (!isTouched(plan, action, touch)) keptPlans.set(action, plan);
}

function isTouched({ speaking }: LayeredPlan, action: string, { policies, index }: Touch): boolean {
  for (const policy of policies.keys()) if (hasBit(speaking, policy)) return true;
  return index.statementsAbout(action).length > 0;
}

/** Undefined where working it out anew costs less. */
function keepBase(base: ServiceBase, service: string, touch: Touch): ServiceBase | undefined {
  const plan = keepPlan(base.plan, touch);
  if (plan === undefined) return undefined;
  const { others, othersOf, othersAsMade } = keepOthers(base, service, touch);
  if (others.length > othersAsMade + MOST_ADDED) return undefined;
  return plan === base.plan && others === base.others ? base : { plan, others, othersOf, othersAsMade };
}

/** What rewritten policies said is left out, and what they say now is added. */
function keepOthers(base: ServiceBase, service: string, { rewritten, index }: Touch): ServiceBase {
  const { others, othersOf } = base;
  const added = [...index.everywhere(), ...index.throughout(service)];
  const numbers = [...rewritten.values()];
  const isOfOthers = numbers.some((policy) => hasBit(othersOf, policy));
  if (added.length === 0 && !isOfOthers) return base;
  const about = noBits(Math.max(othersOf.length * 32, ...numbers.map((policy) => policy + 1)));
  about.set(othersOf);
  for (const { policy } of added) addBit(about, rewritten.get(policy.key) ?? 0);
  const left = isOfOthers ? others.filter(({ policy }) => !rewritten.has(policy.key)) : others;
  return { ...base, others: [...left, ...added], othersOf: about };
}

function keepPlan(plan: ActionPlan, { policies }: Touch): ActionPlan | undefined {
  const spoken = [...policies].filter(([policy]) => hasBit(plan.speaking, policy));
  if (spoken.length === 0) return plan;
  const stale = new Set(plan.stale);
  for (const [, places] of spoken) {
    if (places === undefined) return undefined;
    for (const place of places) stale.add(place);
  }
  if (stale.size > MOST_STALE) return undefined;
  if (stale.size === plan.stale.length) return plan;
  const { allowing, denying, open, speaking, origin } = plan;
  return {
    allowing,
    denying,
    open,
    speaking,
    stale: [...stale].toSorted((a, b) => a - b),
    origin: origin ?? plan,
  };
}
