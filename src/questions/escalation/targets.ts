import { principalArn } from "../../grants/arn-of.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { groupKey, type Key } from "../../inventory/keys.js";
import type { Group } from "../../inventory/principal.js";
import { mayNameCaller } from "../../policy/match-statement.js";
import { askerOf } from "../access/asker.js";
import type { Foothold } from "./foothold.js";
import type { PrimitiveTarget } from "./primitive.js";

/** What a step is aimed at. */
export interface StepTarget {
  readonly key: Key;
  readonly name: string;
  readonly arn: string;
  /** Present for users and roles. */
  readonly principal?: CompiledPrincipal;
  /** Present for policies. */
  readonly policy?: CompiledPolicy;
  /** Key and ARN of what a policy is attached to. */
  readonly holder?: { readonly key: Key; readonly arn: string };
}

/** Where targets are looked for: who and what there is, by account. */
export interface Places {
  readonly snapshot: Snapshot;
  readonly rolesIn: ReadonlyMap<string, readonly CompiledPrincipal[]>;
  readonly usersIn: ReadonlyMap<string, readonly CompiledPrincipal[]>;
  readonly groupsIn: ReadonlyMap<string, readonly Group[]>;
}

const NO_TARGET: StepTarget = { key: "", name: "", arn: "" };

/** What a step of some kind can be aimed at from a foothold; one target of no name for steps that need none. */
export function targetsOf(places: Places, kind: PrimitiveTarget, { principal }: Foothold): readonly StepTarget[] {
  const { snapshot, usersIn, rolesIn } = places;
  const others = (list: readonly CompiledPrincipal[] = []) =>
    list.filter(({ key }) => key !== principal.key).map(targetAt);
  switch (kind) {
    case "NOTHING":
      return [NO_TARGET];
    case "OWN_GROUP":
      return groupsOf(places, principal, true);
    case "OTHER_GROUP":
      return groupsOf(places, principal, false);
    case "OWN_POLICY":
      return distinct(policiesOf(snapshot, principal)).filter(({ policy }) => policy?.policy.type === "CUSTOM");
    case "HELD_POLICY":
      return distinct(policiesOf(snapshot, principal).filter(({ holder }) => holder?.key === principal.key));
    case "GROUP_POLICY":
      return policiesOf(snapshot, principal).filter(({ holder }) => holder?.key !== principal.key);
    case "OTHER_USER":
      return others(usersIn.get(principal.accountId));
    case "OTHER_ROLE":
      return others(rolesIn.get(principal.accountId));
    case "ANY_ROLE":
      return others([...rolesIn.values()].flat().filter((role) => mayTrust(snapshot, role, principal)));
  }
}

function targetAt(principal: CompiledPrincipal): StepTarget {
  return { key: principal.key, name: principal.name, arn: principal.arn, principal };
}

function distinct(targets: readonly StepTarget[]): readonly StepTarget[] {
  return [...new Map(targets.map((target) => [target.key, target])).values()];
}

function groupsOf({ snapshot, groupsIn }: Places, principal: CompiledPrincipal, isOwn: boolean): readonly StepTarget[] {
  const { accountId } = principal;
  const own = new Set(snapshot.groupsOfUser.get(principal.key));
  return (groupsIn.get(accountId) ?? [])
    .map(({ name }) => ({ key: groupKey(accountId, name), name, arn: principalArn("group", accountId, name) }))
    .filter(({ key }) => own.has(key) === isOwn);
}

function policiesOf(snapshot: Snapshot, { key, arn }: CompiledPrincipal): readonly StepTarget[] {
  const { policies, groups } = snapshot;
  return reachesOf(snapshot, key).flatMap((attachment) => {
    const policy = policies.get(attachment.policy);
    if (policy === undefined || policy.policy.type === "SERVICE_LINKED") return [];
    const { name, accountId = "system" } = policy.policy;
    const group = groups.get(attachment.principal);
    const holderArn = group === undefined ? arn : principalArn("group", group.accountId, group.name);
    const holder = { key: group === undefined ? key : attachment.principal, arn: holderArn };
    return [{ key: policy.key, name, arn: `acs:ram:*:${accountId}:policy/${name}`, policy, holder }];
  });
}

/** Most roles trust few, and one that names nobody of the kind need not be decided. */
function mayTrust(snapshot: Snapshot, role: CompiledPrincipal, principal: CompiledPrincipal): boolean {
  const asker = askerOf(snapshot, principal, () => []);
  return (snapshot.trusts.get(role.key) ?? []).some(({ statement }) => mayNameCaller(statement, asker) !== false);
}
