import { columnsOf, type Facts } from "../inventory/attachment-columns.js";
import type { Inventory } from "../inventory/inventory.js";
import type { Key } from "../inventory/keys.js";
import type { Policy } from "../inventory/policy.js";
import { type ActionIndex, indexActionsInSteps } from "./action-index.js";
import { arrangeResources, indexFindings } from "./arrange-facts.js";
import { indexAttachments, viewAttachments } from "./attachment-index.js";
import { numberCarriers } from "./carriers.js";
import { indexCatalog } from "./catalog-index.js";
import { type CompiledPolicy, compilePolicy } from "./compiled-policy.js";
import { compileReach } from "./compiled-reach.js";
import { compileControlLevels } from "./control-levels.js";
import { indexBy } from "./group-by.js";
import { indexMemberships, viewMemberships } from "./membership-index.js";
import { RamIds } from "./ram-ids.js";
import type { Snapshot, SnapshotFacts } from "./snapshot.js";
import { snapshotOf } from "./snapshot-of.js";
import { finish } from "./steps.js";
import { viewPeople } from "./view-people.js";
import { viewReached } from "./view-reached.js";

/**
 * Compiles all facts of a revision. Pure: the same inventory gives the same snapshot.
 * @throws when an attachment names a policy that does not exist; the store's foreign keys exclude it
 */
export function compileSnapshot(inventory: Inventory): Snapshot {
  return finish(compileInSteps(columnsOf(inventory)));
}

/** How many policies are read before others get their turn. */
const STEP = 20;
/** How many ids are gathered before others get their turn. */
const IDS = 2_000;

/** Policies that were compiled before all else. */
export interface CompiledEarly {
  readonly compiled: ReadonlyMap<Policy, CompiledPolicy>;
  /** Of exactly these, in their order. */
  readonly actionIndex: ActionIndex;
}

/** The same step by step: yields every few milliseconds, so that whoever drives it may let others in. */
export function* compileInSteps(facts: Facts, early?: CompiledEarly): Generator<undefined, Snapshot, undefined> {
  const policyKeys: Key[] = [];
  const policies = new Map<Key, CompiledPolicy>();
  for (const policy of facts.policies) {
    const compiled = early?.compiled.get(policy) ?? compilePolicy(policy);
    policies.set(compiled.key, compiled);
    policyKeys.push(compiled.key);
    if (policyKeys.length % STEP === 0) yield undefined;
  }
  for (const { policy, target } of facts.controlAttachments) {
    if (!policies.has(policy)) throw new Error(`the attachment of \`${policy}\` to \`${target}\` has no policy`);
  }
  const isIndexed = early !== undefined && areSame(early.compiled.values(), policies.values());
  const actionIndex = isIndexed ? early.actionIndex : yield* indexActionsInSteps(policies.values());
  const carriers = yield* numberCarriers(facts);
  const { principals } = carriers;
  const attachments = yield* indexAttachments(facts, carriers, policyKeys);
  const memberships = yield* indexMemberships(facts, carriers);
  const reach = yield* compileReach(attachments, memberships);
  return snapshotOf({
    ...describeFacts(facts),
    ramIds: yield* RamIds.of(facts.users, facts.roles, IDS),
    ...viewPeople(facts, carriers),
    ...viewAttachments(facts, attachments),
    ...viewMemberships(memberships, carriers),
    actionIndex,
    policies,
    principals,
    reach,
    reachedBy: viewReached(reach, principals),
    controlLevels: compileControlLevels(facts, policies, facts.gaps),
  });
}

/** Compiles policies that others wait for, step by step. */
export function* compilePoliciesInSteps(policies: readonly Policy[]): Generator<undefined, CompiledEarly, undefined> {
  const compiled = new Map<Policy, CompiledPolicy>();
  for (const policy of policies) {
    compiled.set(policy, compilePolicy(policy));
    if (compiled.size % STEP === 0) yield undefined;
  }
  return { compiled, actionIndex: yield* indexActionsInSteps(compiled.values()) };
}

/** Do both give the same things in the same order? */
function areSame<T>(some: Iterable<T>, others: Iterable<T>): boolean {
  const rest = others[Symbol.iterator]();
  for (const one of some) {
    const other = rest.next();
    if (other.done === true || other.value !== one) return false;
  }
  return rest.next().done === true;
}

/** What is neither policies nor who carries them. */
function describeFacts(facts: Facts) {
  return {
    revision: facts.revision,
    committedAt: facts.committedAt,
    inventory: withoutListed(facts),
    catalog: indexCatalog(facts),
    accounts: indexBy(facts.accounts, ({ id }) => id),
    sources: indexBy(facts.sources, ({ key }) => key),
    ...arrangeResources(facts),
    findingsOf: indexFindings(facts.findings),
  };
}

/** What columns and maps hold is let go of. */
function withoutListed({
  sources: _sources,
  users: _users,
  groups: _groups,
  memberships: _memberships,
  roles: _roles,
  policies: _policies,
  attachments: _attachments,
  findings: _findings,
  ...others
}: Facts): SnapshotFacts {
  return others;
}
