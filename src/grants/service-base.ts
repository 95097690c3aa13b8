import { serviceOfAction } from "../policy/action-pattern.js";
import type { PreparedStatement } from "../policy/prepared/prepared-statement.js";
import type { ActionIndex } from "./action-index.js";
import { addBit, type Bits, noBits } from "./bits.js";
import { candidateOf, type StatementEntry } from "./candidate.js";
import { type ActionPlan, PlanDraft } from "./plan-draft.js";
import type { Reach } from "./reach.js";
import type { Snapshot } from "./snapshot.js";
import { isWorn } from "./wear.js";
import { workTogetherOn } from "./work-together.js";

/** What statements say of all actions of a service alike, such as `service:*`, or `NotAction` without one of these. */
export interface ServiceBase {
  readonly plan: ActionPlan;
  /** Those that are not in it and may say something of each; statements that name the action come to these. */
  readonly others: readonly StatementEntry[];
  /** Numbers of their policies. */
  readonly othersOf: Bits;
  /** How many these were when it was made. */
  readonly othersAsMade: number;
}

/** Where none was worked out, all statements are others. */
type BaseOrNone = Pick<ServiceBase, "others"> & { readonly plan: ActionPlan | undefined };

/** How many services are remembered; one takes some eighty kilobytes in the largest worlds, and as much as a plan where principals are counted. */
const MOST_BASES = 64;

/** `ASKED`: once, which is not worth a base; most what-ifs are asked no second time. */
export type Bases = Map<string, ServiceBase | "ASKED">;

/** By all that a base rests on: an index and the reach of its policies, which snapshots share that do not differ in them. */
const KNOWN = new WeakMap<ActionIndex, WeakMap<Reach, Bases>>();

/** By snapshot, and not as bases are kept: what is half done holds on to the snapshot that it is made of. */
const making = workTogetherOn<Snapshot, string, ServiceBase>();

/** How many statements are looked at before others get their turn: the first time, each of them is prepared. */
const STEP = 100;

/**
 * The base of all plans about a service, in lower case. It is worked out for the second of them; the one that was not asked for longest goes first when there
 * are too many. Yields while it is.
 */
export function* serviceBaseOf(snapshot: Snapshot, service: string): Generator<undefined, BaseOrNone, undefined> {
  const bases = basesOf(snapshot);
  const known = bases.get(service);
  const isWanted = known === "ASKED" || isWornOut(known, snapshot);
  const base = isWanted ? yield* making(snapshot, service, () => makeBase(snapshot, service)) : known;
  bases.delete(service);
  bases.set(service, base ?? "ASKED");
  const [oldest] = bases.size > MOST_BASES ? bases.keys() : [];
  if (oldest !== undefined) bases.delete(oldest);
  const { actionIndex } = snapshot;
  if (base !== undefined) return base;
  return { plan: undefined, others: [...actionIndex.everywhere(), ...actionIndex.throughout(service)] };
}

function isWornOut(base: ServiceBase | undefined, snapshot: Snapshot): boolean {
  return base !== undefined && isWorn(base.plan, snapshot);
}

/** What is known of services, the one that was not asked for longest first. */
export function basesOf({ actionIndex, reach }: Snapshot): Bases {
  const byReach = KNOWN.get(actionIndex) ?? new WeakMap<Reach, Bases>();
  KNOWN.set(actionIndex, byReach);
  const bases = byReach.get(reach) ?? new Map<string, ServiceBase>();
  byReach.set(reach, bases);
  return bases;
}

function* makeBase(snapshot: Snapshot, service: string): Generator<undefined, ServiceBase, undefined> {
  const plan = new PlanDraft(snapshot);
  const others: StatementEntry[] = [];
  const othersOf = noBits(snapshot.reach.policyCount);
  let seen = 0;
  const { everywhere, throughout } = snapshot.actionIndex;
  for (const entry of [...everywhere(), ...throughout(service)]) {
    if (++seen % STEP === 0) yield undefined;
    const candidate = candidateOf(entry, snapshot.reach);
    if (candidate === undefined || candidate.policy < 0) continue;
    if (entry.isNamed || coversService(candidate.statement, service)) plan.add(candidate, snapshot.reach);
    else {
      others.push(entry);
      addBit(othersOf, candidate.policy);
    }
  }
  return { plan, others, othersOf, othersAsMade: others.length };
}

/** False also where it is not certain. Exact names of other services are no actions of this one. */
function coversService(statement: PreparedStatement, service: string): boolean {
  const { isActionNegated, actionPatterns, exactActions } = statement;
  if (!isActionNegated) return actionPatterns.some(({ form }) => form === "ANY");
  if (actionPatterns.length > 0) return false;
  for (const name of exactActions) if (serviceOfAction(name) === service) return false;
  return true;
}
