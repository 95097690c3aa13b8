import type { ActionPlan, OpenPolicy } from "../../grants/action-plan.js";
import { addAll, addBit, type Bits, maskOf, noBits } from "../../grants/bits.js";
import type { AccountRange, PrincipalRanges } from "../../grants/principal-ranges.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";
import { MAX_ATOMS } from "../../policy/logic/truth-table.js";
import {
  ALLOWS,
  ALLOWS_IF,
  DENIES,
  DENIES_IF,
  type Effects,
  forget,
  MAY_ALLOW,
  MAY_ALLOW_IF,
  MAY_DENY,
  noEffects,
  uncertain,
} from "../../policy/prepared/effects.js";
import type { Probe } from "../access/probe.js";

/** What policies make of a question, by place of the principals that they reach. */
export interface Tally {
  readonly allowed: Bits;
  readonly denied: Bits;
  /** Allowed, denied under conditions that are settled by two completions: see `ALLOWS_IF`. */
  readonly allowedIf: Bits;
  readonly deniedIf: Bits;
  /** Those about whom something is not known. */
  readonly mayBeAllowed: Bits;
  readonly mayBeAllowedIf: Bits;
  readonly mayBeDenied: Bits;
  /** Those whom something else reaches: each has to be decided. */
  readonly alone: Bits;
}

/** A tally that is being filled. */
interface Filling extends Tally {
  /** Open tests that each principal's answer hangs on, so that too many are noticed. Made when there are any. */
  tests: Uint8Array | undefined;
  /** Used for one policy after the other. */
  readonly own: Effects;
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
    mayBeAllowed: noBits(size),
    mayBeAllowedIf: noBits(size),
    mayBeDenied: noBits(size),
    alone: noBits(size),
    tests: undefined,
    own: noEffects(),
  };
  for (const policy of plan.open) weigh(tally, policy, accounts, probeOf, WIDE);
  const lost = accounts.filter((range) => probeOf(range).membership() === "UNKNOWN");
  if (lost.length > 0) tallyAnyScope(tally, plan, accounts, lost, probeOf);
  if (lost.length === accounts.length) return tally;
  for (const resourceGroupId of scopesThatMatter(plan, accounts, probeOf)) {
    const within: Weighing = (probe, own) =>
      probe.membership() === "UNKNOWN" ? undefined : probe.within(own, resourceGroupId);
    for (const policy of plan.scoped.get(resourceGroupId) ?? []) weigh(tally, policy, accounts, probeOf, within);
  }
  return tally;
}

/** Accounts where the group of the resource is not known: any policy within a group may reach it. */
function tallyAnyScope(
  tally: Filling,
  { anyScope: { allowed, denied, open } }: ActionPlan,
  accounts: readonly AccountRange[],
  lost: readonly AccountRange[],
  probeOf: ProbeOfRange,
): void {
  for (const { start, end } of lost) {
    for (let word = start >>> 5; word * 32 < end; word++) {
      const mask = maskOf(word, start, end);
      tally.mayBeAllowed[word] = (tally.mayBeAllowed[word] ?? 0) | ((allowed[word] ?? 0) & mask);
      tally.mayBeDenied[word] = (tally.mayBeDenied[word] ?? 0) | ((denied[word] ?? 0) & mask);
    }
  }
  const perhaps: Weighing = (probe, own) => (probe.membership() === "UNKNOWN" ? uncertain(own) : undefined);
  for (const policy of open) weigh(tally, policy, accounts, probeOf, perhaps);
}

/** What statements make of a question at some scope, given what they make of it at account scope. */
type Weighing = (probe: Probe, own: Effects) => Effects | undefined;

const WIDE: Weighing = (_, own) => own;

/** The scopes that the resource may be within: its own group, and what is no group at all. */
function scopesThatMatter(
  { scoped }: ActionPlan,
  accounts: readonly AccountRange[],
  probeOf: ProbeOfRange,
): ReadonlySet<string> {
  const scopes = new Set<string>();
  for (const range of accounts) {
    const membership = probeOf(range).membership();
    if (typeof membership === "object") scopes.add(membership.id);
  }
  for (const scope of scoped.keys()) if (!isResourceGroup(scope)) scopes.add(scope);
  return scopes;
}

/** Weighs one policy for each account that it reaches. */
function weigh(
  tally: Filling,
  { statements, places }: OpenPolicy,
  accounts: readonly AccountRange[],
  probeOf: ProbeOfRange,
  weighing: Weighing,
): void {
  const { own } = tally;
  const last = places[places.length - 1] ?? 0;
  for (let from = 0; from < places.length; ) {
    const range = rangeAt(accounts, places[from] ?? 0);
    const end = last < range.end ? places.length : firstFrom(places, range.end, from);
    const probe = probeOf(range);
    forget(own);
    probe.weighCovering(statements, own);
    const effects = own.bits === 0 ? undefined : weighing(probe, own);
    if (effects !== undefined) add(tally, places, from, end, effects);
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

const PLAIN = ALLOWS | DENIES | ALLOWS_IF | DENIES_IF | MAY_ALLOW | MAY_ALLOW_IF | MAY_DENY;

function add(tally: Filling, places: Uint32Array, from: number, end: number, effects: Effects): void {
  const { bits, allowingTests, denyingTests } = effects;
  if (bits === 0) return;
  if ((bits & ~PLAIN) !== 0) addAll(tally.alone, places, from, end);
  if ((bits & ALLOWS) !== 0) addAll(tally.allowed, places, from, end);
  if ((bits & DENIES) !== 0) addAll(tally.denied, places, from, end);
  if ((bits & ALLOWS_IF) !== 0) addAll(tally.allowedIf, places, from, end);
  if ((bits & DENIES_IF) !== 0) addAll(tally.deniedIf, places, from, end);
  if ((bits & MAY_ALLOW) !== 0) addAll(tally.mayBeAllowed, places, from, end);
  if ((bits & MAY_ALLOW_IF) !== 0) addAll(tally.mayBeAllowedIf, places, from, end);
  if ((bits & MAY_DENY) !== 0) addAll(tally.mayBeDenied, places, from, end);
  if ((bits & (ALLOWS_IF | DENIES_IF | MAY_ALLOW_IF)) !== 0)
    addTests(tally, places, from, end, allowingTests + denyingTests);
}

/** Whom more open tests concern than are solved exactly is decided one by one. */
function addTests(tally: Filling, places: Uint32Array, from: number, end: number, more: number): void {
  tally.tests ??= new Uint8Array(tally.alone.length * 32);
  const { tests, alone } = tally;
  for (let at = from; at < end; at++) {
    const place = places[at] ?? 0;
    const count = Math.min(255, (tests[place] ?? 0) + more);
    tests[place] = count;
    if (count > MAX_ATOMS) addBit(alone, place);
  }
}
