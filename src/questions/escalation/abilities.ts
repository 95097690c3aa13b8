import { addAll, addBit, addSet, type Bits, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { workTogetherFor } from "../../grants/work-together.js";
import type { Key } from "../../inventory/keys.js";
import type { Statement } from "../../policy/document.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import { type Foothold, hasBeenGivenEverything, isAsItIs } from "./foothold.js";
import { KINDS_OF_STEPS, type KindOfStep, PRIMITIVE_ACTIONS } from "./kinds-of-steps.js";

/** Who holds statements that allow one action of every call of a step; what they are limited to is decided later. */
export interface Abilities {
  readonly mayTry: (foothold: Foothold, kind: KindOfStep) => boolean;
  /** Can anything be done there? */
  readonly mayAct: (foothold: Foothold) => boolean;
  /** The same of somebody as the inventory has them. */
  readonly acts: (place: number) => boolean;
}

/** Policies that speak of any of the calls. */
export const policiesThatMatter = workTogetherFor(findPolicies);

function* findPolicies({ actionIndex }: Snapshot): Steps<ReadonlySet<Key>> {
  const policies = new Set<Key>();
  for (const action of PRIMITIVE_ACTIONS) {
    yield undefined;
    for (const policy of actionIndex.candidates(action)) policies.add(policy);
  }
  return policies;
}

/** Works out once for each snapshot who may try what, policy by policy. Yields now and then. */
export const abilitiesIn = workTogetherFor(findAbilities);

/** How many policies are read before others get their turn. */
const FEW = 20;

function* findAbilities(snapshot: Snapshot): Steps<Abilities> {
  const trying = yield* whoTries(snapshot);
  const acting = noBits(snapshot.principals.length);
  for (const each of trying.values()) {
    yield undefined;
    addSet(acting, each);
  }
  const mayTry = (foothold: Foothold, kind: KindOfStep) => {
    if (!isFor(kind, foothold.principal)) return false;
    const place = isAsItIs(foothold) ? placeOf(snapshot, foothold.principal) : undefined;
    return place === undefined ? allowsEach(kind, foothold) : hasBit(trying.get(kind) ?? acting, place);
  };
  return {
    mayTry,
    mayAct: (foothold) => {
      if (hasBeenGivenEverything(foothold)) return true;
      const place = isAsItIs(foothold) ? placeOf(snapshot, foothold.principal) : undefined;
      return place === undefined ? KINDS_OF_STEPS.some((kind) => mayTry(foothold, kind)) : hasBit(acting, place);
    },
    acts: (place) => hasBit(acting, place),
  };
}

/** By the kind of step, those of the right kind themselves. */
function* whoTries(snapshot: Snapshot): Steps<ReadonlyMap<KindOfStep, Bits>> {
  const { principals } = snapshot;
  const byCall = yield* whoCalls(snapshot);
  const people = { USER: noBits(principals.length), ROLE: noBits(principals.length) };
  for (const [place, { kind }] of principals.entries()) {
    if (place % STEP === 0) yield undefined;
    addBit(people[kind], place);
  }
  const trying = new Map<KindOfStep, Bits>();
  for (const kind of KINDS_OF_STEPS) {
    yield undefined;
    const { by } = kind.primitive;
    const calls = kind.calls.flatMap((anyOf) => byCall.get(anyOf.join()) ?? []);
    trying.set(kind, ofAll(by === "ANYONE" ? calls : [...calls, people[by]]));
  }
  return trying;
}

/** Members of each of some sets. */
function ofAll([first = noBits(0), ...others]: readonly Bits[]): Bits {
  const all = first.slice();
  for (const other of others)
    for (let word = 0; word < all.length; word++) all[word] = (all[word] ?? 0) & (other[word] ?? 0);
  return all;
}

/** How many principals are looked at before others get their turn. */
const STEP = 10_000;

/** By the actions of which one suffices for a call: whom some statement may allow one. */
function* whoCalls(snapshot: Snapshot): Steps<ReadonlyMap<string, Bits>> {
  const { reach, policies, principals } = snapshot;
  const calls = new Map(KINDS_OF_STEPS.flatMap((kind) => kind.calls).map((anyOf) => [anyOf.join(), anyOf]));
  const found = new Map([...calls.keys()].map((name) => [name, noBits(principals.length)]));
  let seen = 0;
  for (const key of yield* policiesThatMatter(snapshot)) {
    if (seen++ % FEW === 0) yield undefined;
    const number = reach.policyNumber(key);
    const statements = (policies.get(key)?.grants ?? []).map(({ statement }) => statement);
    if (number === undefined) continue;
    const reached = reach.reached(number);
    for (const [name, anyOf] of calls) {
      const bits = found.get(name);
      if (bits !== undefined && statements.some((statement) => mayAllow(statement, anyOf))) addAll(bits, reached);
    }
  }
  return found;
}

function isFor({ primitive: { by } }: KindOfStep, { kind }: CompiledPrincipal): boolean {
  return by === "ANYONE" || by === kind;
}

function allowsEach({ calls }: KindOfStep, { grants }: Foothold): boolean {
  return calls.every((anyOf) => grants.some(({ statement }) => mayAllow(statement, anyOf)));
}

function mayAllow(statement: Statement, anyOf: readonly string[]): boolean {
  return statement.effect !== "DENY" && anyOf.some((action) => mayCoverAction(statement, action) !== false);
}
