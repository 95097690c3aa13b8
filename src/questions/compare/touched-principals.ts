import { compareArns } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Attachment } from "../../inventory/attachment.js";
import type { Key } from "../../inventory/keys.js";
import { asksForResource, differingKeys, haveOtherResources } from "./differing-facts.js";

/** Policies that reach somebody otherwise than before, or say something else, by principal. */
export type Touched = ReadonlyMap<Key, ReadonlySet<Key>>;

/** Looks only at what the two states do not share. May name too many, never misses one. */
export function touchedPrincipals(base: Snapshot, head: Snapshot, policies: ReadonlySet<Key>): Touched {
  const touched = new Map<Key, Set<Key>>();
  const touch = (principal: Key, policy: Key) => {
    const known = touched.get(principal);
    if (known === undefined) touched.set(principal, new Set([policy]));
    else known.add(policy);
  };
  for (const state of [base, head]) {
    for (const policy of policies) {
      for (const { key } of state.reachedBy.get(policy) ?? []) touch(key, policy);
    }
  }
  for (const policy of differingKeys(base.attachmentsOfPolicy, head.attachmentsOfPolicy, isSameList)) {
    for (const { principal } of differingAttachments(base, head, policy)) {
      for (const key of membersOf(base, head, principal)) touch(key, policy);
    }
  }
  for (const group of differingKeys(base.usersOfGroup, head.usersOfGroup, isSameSet)) {
    for (const policy of policiesOn(base, head, group)) {
      for (const key of membersOf(base, head, group)) touch(key, policy);
    }
  }
  for (const state of haveOtherResources(base, head) ? [base, head] : []) {
    for (const [principal, policy] of hangingOnResources(state)) {
      for (const key of membersOf(base, head, principal)) touch(key, policy);
    }
  }
  for (const key of presentInOne(base, head)) {
    for (const policy of [...reachesOf(base, key), ...reachesOf(head, key)]) touch(key, policy.policy);
  }
  return touched;
}

/** Policies that reach somebody within a resource group, or ask for a resource's group or tags, with who carries them. */
function hangingOnResources({ policies, attachmentsOfPolicy }: Snapshot): readonly (readonly [Key, Key])[] {
  return [...attachmentsOfPolicy].flatMap(([policy, rows]) => {
    const isAsking = policies.get(policy)?.document.statements.some(asksForResource) ?? false;
    const concerned = isAsking ? rows : rows.filter(({ resourceGroupId }) => resourceGroupId !== undefined);
    return concerned.map(({ principal }) => [principal, policy] as const);
  });
}

function differingAttachments(base: Snapshot, head: Snapshot, policy: Key): readonly Attachment[] {
  const [before, after] = [base, head].map(
    (state) => new Map((state.attachmentsOfPolicy.get(policy) ?? []).map((row) => [identityOf(row), row])),
  );
  const gone = [...(before ?? [])].filter(([identity]) => !after?.has(identity));
  const put = [...(after ?? [])].filter(([identity]) => !before?.has(identity));
  return [...gone, ...put].map(([, row]) => row);
}

function isSameList(a: readonly Attachment[], b: readonly Attachment[]): boolean {
  return isSameSet(a.map(identityOf), b.map(identityOf));
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const other = new Set(b);
  return a.length === b.length && a.every((one) => other.has(one));
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

/** Users and roles of one side only: both lists are in the order of ARNs. */
function presentInOne(base: Snapshot, head: Snapshot): readonly Key[] {
  if (base.principals === head.principals) return [];
  const keys: Key[] = [];
  let next = 0;
  for (const principal of base.principals) {
    for (
      let one = head.principals[next];
      one !== undefined && compareArns(one, principal) < 0;
      one = head.principals[++next]
    ) {
      keys.push(one.key);
    }
    if (head.principals[next]?.key === principal.key) next++;
    else keys.push(principal.key);
  }
  return [...keys, ...head.principals.slice(next).map(({ key }) => key)];
}
