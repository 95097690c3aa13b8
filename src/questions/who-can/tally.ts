import type { ActionPlan, OpenPolicy } from "../../grants/action-plan.js";
import { addAll, type Bits, noBits } from "../../grants/bits.js";
import type { AccountRange, PrincipalRanges } from "../../grants/principal-ranges.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import { ALLOWS, ALLOWS_IF, DENIES, DENIES_IF, type Effects, noEffects } from "../../policy/prepared/effects.js";
import type { Probe } from "../access/probe.js";

/** What policies make of a question, by place of the principals that they reach. */
export interface Tally {
  readonly allowed: Bits;
  readonly denied: Bits;
  /** Allowed, denied under conditions that are settled by two completions: see `ALLOWS_IF`. */
  readonly allowedIf: Bits;
  readonly deniedIf: Bits;
  /** Those whom something else reaches: each has to be decided. */
  readonly alone: Bits;
}

/** A tally that is being filled. */
interface Filling extends Tally {
  /** Open tests that each principal's answer hangs on, so that too many are noticed. */
  readonly allowingTests: Uint8Array;
  readonly denyingTests: Uint8Array;
}

type ProbeOfRange = (range: AccountRange) => Probe;

/** Weighs every policy of a plan once for each account, and adds up what they say of the principals whom they reach. */
export function tallyPolicies(plan: ActionPlan, { accounts }: PrincipalRanges, probeOf: ProbeOfRange): Tally {
  const size = accounts.at(-1)?.end ?? 0;
  const tally: Filling = {
    allowed: plan.allowed.slice(),
    denied: plan.denied.slice(),
    allowedIf: noBits(size),
    deniedIf: noBits(size),
    alone: noBits(size),
    allowingTests: new Uint8Array(size),
    denyingTests: new Uint8Array(size),
  };
  for (const { statements, places } of plan.open) {
    eachRange(places, accounts, (range, from, end) => {
      const effects = noEffects();
      probeOf(range).weighCovering(statements, effects);
      add(tally, places, from, end, effects);
    });
  }
  for (const resourceGroupId of scopesThatMatter(plan, accounts, probeOf)) {
    for (const policy of plan.scoped.get(resourceGroupId) ?? []) {
      tallyWithin(tally, policy, resourceGroupId, accounts, probeOf);
    }
  }
  return tally;
}

/** The scopes that the resource may be within: its own group, any where that is not known, and what is no group at all. */
function scopesThatMatter(
  { scoped }: ActionPlan,
  accounts: readonly AccountRange[],
  probeOf: ProbeOfRange,
): Iterable<string> {
  const scopes = new Set<string>();
  for (const range of accounts) {
    const membership = probeOf(range).membership();
    if (membership === "UNKNOWN") return scoped.keys();
    if (typeof membership === "object") scopes.add(membership.id);
  }
  for (const scope of scoped.keys()) if (!isResourceGroup(scope)) scopes.add(scope);
  return scopes;
}

function tallyWithin(
  tally: Filling,
  { statements, places }: OpenPolicy,
  resourceGroupId: string,
  accounts: readonly AccountRange[],
  probeOf: ProbeOfRange,
): void {
  eachRange(places, accounts, (range, from, end) => {
    const [own, effects, probe] = [noEffects(), noEffects(), probeOf(range)];
    probe.weighCovering(statements, own);
    probe.addWithin(own, resourceGroupId, effects);
    add(tally, places, from, end, effects);
  });
}

/** Goes through an ascending list of places account by account. */
function eachRange(
  places: Uint32Array,
  accounts: readonly AccountRange[],
  visit: (range: AccountRange, from: number, end: number) => void,
): void {
  let from = 0;
  while (from < places.length) {
    const range = rangeAt(accounts, places[from] ?? 0);
    const last = places[places.length - 1] ?? 0;
    const end = last < range.end ? places.length : firstFrom(places, range.end, from);
    visit(range, from, end);
    from = end;
  }
}

function rangeAt(accounts: readonly AccountRange[], place: number): AccountRange {
  let [low, high] = [0, accounts.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((accounts[middle]?.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const range = accounts[low];
  if (range === undefined) throw new Error(`no principal stands at place ${place}`);
  return range;
}

/** Index of the first place that is not below `bound`. */
function firstFrom(places: Uint32Array, bound: number, from: number): number {
  let [low, high] = [from, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const PLAIN = ALLOWS | DENIES | ALLOWS_IF | DENIES_IF;

function add(tally: Filling, places: Uint32Array, from: number, end: number, effects: Effects): void {
  const { bits, allowingTests, denyingTests } = effects;
  if (bits === 0) return;
  if ((bits & ~PLAIN) !== 0) addAll(tally.alone, places, from, end);
  if ((bits & ALLOWS) !== 0) addAll(tally.allowed, places, from, end);
  if ((bits & DENIES) !== 0) addAll(tally.denied, places, from, end);
  if ((bits & ALLOWS_IF) !== 0) {
    addAll(tally.allowedIf, places, from, end);
    addTests(tally.allowingTests, allowingTests, tally.alone, places.subarray(from, end));
  }
  if ((bits & DENIES_IF) !== 0) {
    addAll(tally.deniedIf, places, from, end);
    addTests(tally.denyingTests, denyingTests, tally.alone, places.subarray(from, end));
  }
}

/** Whom more open tests concern than are solved exactly is decided by the judge. */
function addTests(counts: Uint8Array, more: number, alone: Bits, places: Uint32Array): void {
  for (const place of places) {
    const count = Math.min(255, (counts[place] ?? 0) + more);
    counts[place] = count;
    if (count > MAX_ATOMS) addAll(alone, Uint32Array.of(place));
  }
}
