import { addBit, type Bits, hasBit, haveCommon, isEmpty, noBits, removeBit, removeSet } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import type { Statement } from "../../policy/document.js";
import { mayCoverAction } from "../../policy/match-statement.js";
import type { AccessQuestion } from "../access/access-question.js";
import { decideInSteps } from "../access/decision.js";
import { isGrantedByResources } from "../access/granted-by-resources.js";
import { isPlainNo } from "../assume/assume-edges.js";
import type { AssumerSets } from "../assume/assumer-sets.js";
import type { Hops } from "../assume/hops.js";
import { likenessOf } from "../permissions/like-actions.js";
import { candidatePolicies, deciderOf } from "../who-can/direct-access.js";
import { type AskedPart, askedParts } from "../who-can/what-statements-say.js";

/** How many places are looked at before others get their turn. */
const STEP = 1_000;
/** So many are decided one by one sooner than those who are alike are looked for. */
const FEW = 50;
/** Names are long where many policies speak of an action; offers that are alike come soon after each other. */
const MOST_SETTLED = 200;

/** A world, and who gets to its roles. */
export interface Ways {
  readonly hops: Hops;
  readonly assumers: AssumerSets;
}

/**
 * Who of some may not do it: neither themselves nor by any role that they get to. Roles are tried first, for one that may do it
 * speaks for everybody who gets to it. Yields before each decision.
 *
 * @param asked their places
 * @param settled names of questions that all of them are known to be able to do, to which this one's is added: who is unable is to be
 *   left out from then on
 */
export function* findUnable(
  { hops, assumers }: Ways,
  question: AccessQuestion,
  asked: Bits,
  settled: Set<string>,
): Steps<Bits> {
  const { snapshot, roles } = hops;
  const left = asked.slice();
  const policies = candidatePolicies(snapshot, question);
  const mayDoIt = yesSayer(snapshot, question, policies);
  /** Sets in which nobody is left. */
  const spent = new Set<Bits>();
  for (const place of placesHolding(snapshot, question, policies)) {
    if (place === undefined) yield undefined;
    const role = place === undefined ? undefined : snapshot.principals[place];
    const to = role && roles.get(role.key);
    if (role === undefined || to === undefined) continue;
    const known = assumers.known(to);
    if (known !== undefined && !spent.has(known) && !haveCommon(known, left)) spent.add(known);
    if ((known !== undefined && spent.has(known)) || !(yield* mayDoIt(role))) continue;
    const letIn = yield* assumers.of(to);
    removeSet(left, letIn);
    spent.add(letIn);
    if (isEmpty(left)) return left;
  }
  const name = nameAlike(snapshot, question, policies);
  if (settled.has(name)) return noBits(snapshot.principals.length);
  if (settled.size >= MOST_SETTLED) settled.clear();
  settled.add(name);
  for (const place of placesHolding(snapshot, question, policies)) {
    if (place === undefined) yield undefined;
    const principal = place === undefined || !hasBit(left, place) ? undefined : snapshot.principals[place];
    if (place !== undefined && principal !== undefined && (yield* mayDoIt(principal))) removeBit(left, place);
  }
  return left;
}

/** Equal for questions about the same resources whose actions no policy tells apart, so that whoever may do one may do the other. */
function nameAlike(snapshot: Snapshot, { actions, resource }: AccessQuestion, policies: ReadonlySet<Key>): string {
  const keys = [...policies];
  const likeness = likenessOf(
    snapshot,
    keys.flatMap((key) => snapshot.policies.get(key)?.grants ?? []),
  );
  return JSON.stringify([resource.text, actions.parts.map(({ name }) => likeness(name).key), keys]);
}

/**
 * Places of everybody whom a policy reaches that may allow it, each once: nobody else may do it. Undefined now and then, for others to
 * get their turn.
 */
function* placesHolding(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
): Generator<number | undefined, void, undefined> {
  const seen = noBits(snapshot.principals.length);
  let looked = 0;
  for (const places of listsHolding(snapshot, question, policies)) {
    if (++looked % FEW === 0) yield undefined;
    for (const place of places) {
      if (++looked % STEP === 0) yield undefined;
      if (hasBit(seen, place)) continue;
      addBit(seen, place);
      yield place;
    }
  }
}

function* listsHolding(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
): Generator<Iterable<number>, void, undefined> {
  const { reach, principals } = snapshot;
  if (isGrantedByResources(snapshot, question.actions)) yield principals.keys();
  const parts = askedParts(question);
  for (const key of policies) {
    const number = reach.policyNumber(key);
    const statements = snapshot.policies.get(key)?.document.statements ?? [];
    if (number === undefined || !statements.some((statement) => mayAllow(statement, parts))) continue;
    const { wide, scoped } = reach.places(number);
    yield wide;
    yield scoped.places;
  }
}

function mayAllow(statement: Statement, parts: readonly AskedPart[]): boolean {
  const { effect, resources } = statement;
  if (effect === "DENY") return false;
  return parts.some(
    ({ folded, mayMeet }) =>
      mayCoverAction(statement, folded) !== false &&
      (resources === "UNREADABLE" || resources.isNegated || resources.patterns.some(mayMeet)),
  );
}

/** Tells whether somebody may do it. */
function yesSayer(
  snapshot: Snapshot,
  question: AccessQuestion,
  policies: ReadonlySet<Key>,
): (principal: CompiledPrincipal) => Steps<boolean> {
  let decide = (principal: CompiledPrincipal) =>
    decideInSteps(snapshot, principal, question, () => grantsOf(snapshot, principal, policies));
  let decided = 0;
  return function* (principal) {
    yield undefined;
    if (++decided === FEW) decide = yield* deciderOf(snapshot, question);
    return !isPlainNo(yield* decide(principal));
  };
}
