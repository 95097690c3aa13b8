import { type Bits, hasBit } from "../../grants/bits.js";
import { scopedGrants } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { type ReachBuffer, reachBuffer } from "../../grants/reach.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { unitAt } from "../../grants/unit-at.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import type { Verdict } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";
import { ASK, joinEffects, noEffects } from "../../policy/prepared/effects.js";
import type { AccessQuestion } from "../access/access-question.js";
import { decideInSteps } from "../access/decision.js";
import type { Probe } from "../access/probe.js";

/** Gives how principals of an account ask, those whom no control policy binds apart. */
export type ProbeOf = (accountId: string, isServiceLinked: boolean) => Probe;

/** What statements are weighed with. */
export interface Weights {
  readonly probeOf: ProbeOf;
  /** Numbers of the policies that may say something. */
  readonly speaking: Bits;
}

/** The same, what was decided already, and where reaches are written. */
interface Desk extends Weights {
  readonly known: Map<string, Verdict>;
  readonly buffer: ReachBuffer;
}

/** A principal's place and verdict. */
export interface Found {
  readonly place: number;
  readonly verdict: Verdict;
}

/**
 * Decides principals whom bits leave open: by what reaches them where that makes the verdict certain; else the judge decides each
 * distinct set of policies once, for the order of policies never matters to a verdict. Yields before each that is decided.
 *
 * @returns undefined when a value of the question cannot be read; what to say of it takes a decision
 */
export function* decideLeft(
  snapshot: Snapshot,
  question: AccessQuestion,
  left: readonly number[],
  weights: Weights,
): Generator<undefined, readonly Found[] | undefined, undefined> {
  if (left.length === 0) return [];
  const { probeOf } = weights;
  const desk: Desk = { ...weights, known: new Map(), buffer: reachBuffer() };
  const found: Found[] = [];
  for (const place of left) {
    yield undefined;
    const principal = snapshot.principals[place];
    if (principal === undefined) continue;
    const probe = probeOf(principal.accountId, isServiceLinked(principal));
    const verdict = verdictBySet(snapshot, probe, place, desk) ?? (yield* decideAlone(snapshot, question, principal));
    if (verdict === undefined) return undefined;
    found.push({ place, verdict });
  }
  return found;
}

function* decideAlone(
  snapshot: Snapshot,
  question: AccessQuestion,
  principal: CompiledPrincipal,
): Steps<Verdict | undefined> {
  const { ruling, judged } = yield* decideInSteps(snapshot, principal, question);
  return judged.judgement.unreadableValues.length > 0 ? undefined : ruling.verdict;
}

/** Undefined where single principals are named, or the question has to be refused. */
function verdictBySet(
  snapshot: Snapshot,
  probe: Probe,
  place: number,
  { speaking: speakers, buffer, known }: Desk,
): Verdict | undefined {
  const effects = noEffects();
  const speaking: Speaking[] = [];
  const count = snapshot.reach.fillReaches(place, buffer);
  for (let at = 0; at < count; at++) {
    const [policy, scope] = [buffer.policies[at] ?? 0, buffer.scopes[at] ?? 0];
    const unit = hasBit(speakers, policy) ? unitAt(snapshot, policy) : undefined;
    const own = noEffects();
    if (unit === undefined) continue;
    if (scope === 0) probe.weigh(unit, own);
    else probe.weighScoped(unit, snapshot.reach.scopeName(scope), own);
    if (own.bits === 0) continue;
    joinEffects(effects, own);
    speaking.push({ policy, scope });
  }
  if (probe.passage() === "ASK" || (effects.bits & ASK) !== 0) return undefined;
  return probe.verdictOfEffects(effects) ?? judgeSet(snapshot, probe, speaking, known);
}

/** A policy that says something, at its scope. */
interface Speaking {
  readonly policy: number;
  readonly scope: number;
}

function judgeSet(
  snapshot: Snapshot,
  probe: Probe,
  speaking: readonly Speaking[],
  known: Map<string, Verdict>,
): Verdict {
  const names = new Set(speaking.map(({ policy, scope }) => `${policy}/${scope}`));
  const key = [probe.accountId, probe.isServiceLinked, ...[...names].sort()].join(" ");
  const verdict = known.get(key) ?? probe.judgedVerdict(speaking.flatMap((each) => grantsAt(snapshot, each)));
  known.set(key, verdict);
  return verdict;
}

function grantsAt(snapshot: Snapshot, { policy, scope }: Speaking): readonly Grant[] {
  const unit = unitAt(snapshot, policy);
  if (unit === undefined) return [];
  return scope === 0 ? unit.compiled.grants : scopedGrants(unit.compiled.grants, snapshot.reach.scopeName(scope));
}
