import { partsOf } from "../../grants/parts-of.js";
import { reachedKeys } from "../../grants/reached-keys.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Attachment } from "../../inventory/attachment.js";
import type { Key } from "../../inventory/keys.js";
import { asksForResource, type Differing } from "./differing-facts.js";
import { differingLists } from "./differing-keys.js";
import { ofBoth } from "./of-both.js";
import { type Touched, TouchedPolicies } from "./touched-policies.js";

/** How many rows or principals are looked at before others get their turn. */
const STEP = 1_000;

/** Looks only at what the two states do not share. May name too many, never misses one. Yields now and then. */
export function* touchedPrincipals(
  base: Snapshot,
  head: Snapshot,
  { policies, hasOtherResources }: Differing,
): Steps<Touched> {
  const touched = new TouchedPolicies();
  for (const state of [base, head]) {
    for (const policy of policies) yield* touched.addAll(reachedKeys(state, policy), policy);
  }
  yield* addAttachedOtherwise(touched, base, head);
  for (const group of yield* differingLists(base.usersOfGroup, head.usersOfGroup, (a, b) => a === b)) {
    const members = membersOf(base, head, group);
    for (const policy of policiesOn(base, head, group)) yield* touched.addAll(members, policy);
  }
  for (const state of hasOtherResources ? [base, head] : []) {
    yield* addHangingOnResources(touched, state, (carrier) => membersOf(base, head, carrier));
  }
  for (const [at, key] of (yield* presentInOne(base, head)).entries()) {
    if (at % STEP === 0) yield undefined;
    for (const { policy } of [...reachesOf(base, key), ...reachesOf(head, key)]) yield* touched.addAll([key], policy);
  }
  return touched.byPrincipal;
}

/** Whoever carries a policy on one side only, or elsewhere. */
function* addAttachedOtherwise(touched: TouchedPolicies, base: Snapshot, head: Snapshot): Steps<void> {
  const [before, after] = [base.attachmentsOfPolicy, head.attachmentsOfPolicy];
  for (const policy of yield* differingLists(before, after, isSameReach)) {
    const [mine, theirs] = [yield* carriersOf(base, policy), yield* carriersOf(head, policy)];
    for (const carrier of [...(yield* without(mine, theirs)), ...(yield* without(theirs, mine))]) {
      yield* touched.addAll(membersOf(base, head, carrier), policy);
    }
  }
}

/** What only the first of two has. */
function* without(one: ReadonlyMap<string, Key>, other: ReadonlyMap<string, Key>): Steps<readonly Key[]> {
  const keys: Key[] = [];
  let seen = 0;
  for (const [identity, key] of one) {
    if (++seen % STEP === 0) yield undefined;
    if (!other.has(identity)) keys.push(key);
  }
  return keys;
}

/** Who carries a policy, by carrier and scope. */
function* carriersOf({ attachmentsOfPolicy }: Snapshot, policy: Key): Steps<ReadonlyMap<string, Key>> {
  const rows = partsOf(attachmentsOfPolicy, policy);
  const carriers = new Map<string, Key>();
  for (let at = 0; at < rows.length; at += STEP) {
    yield undefined;
    for (const row of rows.slice(at, at + STEP)) carriers.set(identityOf(row), row.principal);
  }
  return carriers;
}

/** Adds policies that reach somebody within a resource group, or ask for a resource's group or tags, with who carries them. */
function* addHangingOnResources(
  touched: TouchedPolicies,
  { policies, attachmentsOfPolicy }: Snapshot,
  peopleOf: (carrier: Key) => readonly Key[],
): Steps<void> {
  for (const policy of attachmentsOfPolicy.keys()) {
    const isAsking = policies.get(policy)?.document.statements.some(asksForResource) ?? false;
    const rows = partsOf(attachmentsOfPolicy, policy);
    for (let at = 0; at < rows.length; at += STEP) {
      yield undefined;
      for (const { principal, resourceGroupId } of rows.slice(at, at + STEP)) {
        if (isAsking || resourceGroupId !== undefined) yield* touched.addAll(peopleOf(principal), policy);
      }
    }
  }
}

function isSameReach(a: Attachment, b: Attachment): boolean {
  return a.principal === b.principal && a.resourceGroupId === b.resourceGroupId;
}

function identityOf({ principal, resourceGroupId }: Attachment): string {
  return `${resourceGroupId ?? ""}\n${principal}`;
}

/** The principal itself, or everybody who is in the group on either side. */
function membersOf(base: Snapshot, head: Snapshot, carrier: Key): readonly Key[] {
  return [carrier, ...(base.usersOfGroup.get(carrier) ?? []), ...(head.usersOfGroup.get(carrier) ?? [])];
}

function policiesOn(base: Snapshot, head: Snapshot, carrier: Key): readonly Key[] {
  return [base, head].flatMap((state) => (state.attachmentsOfPrincipal.get(carrier) ?? []).map(({ policy }) => policy));
}

/** Users and roles of one side only. */
function* presentInOne(base: Snapshot, head: Snapshot): Steps<readonly Key[]> {
  const keys: Key[] = [];
  if (base.principals === head.principals) return keys;
  let seen = 0;
  for (const { key } of ofBoth(base.principals, head.principals)) {
    if (++seen % STEP === 0) yield undefined;
    if (!base.principalByKey.has(key) || !head.principalByKey.has(key)) keys.push(key);
  }
  return keys;
}
