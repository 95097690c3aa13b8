import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import {
  coversResource,
  type RequestResource,
  type ResourcePattern,
  readRequestArn,
  readResourcePattern,
} from "../../policy/arn.js";
import type { Caller } from "../../policy/caller.js";
import type { ConditionTest } from "../../policy/conditions/condition-test.js";
import type { Grant } from "../../policy/grant.js";
import type { Representatives } from "../../policy/patterns/resource-set.js";
import type { ResourceChoice } from "./access-question.js";
import { assumesRole } from "./assume-role.js";
import { cellsInSteps, type Divider } from "./cells-of.js";
import { concernsBuckets } from "./granted-by-resources.js";
import { inOwnAccount, ownerOf, ownerOfBucket } from "./known-context.js";

/** The resources that settle a question, and whether they stand for all that it names. */
export interface ResourcesToJudge {
  readonly resources: readonly RequestResource[];
  readonly isExact: boolean;
}

/**
 * One resource, several, or representatives of a set. Roles to be assumed are told apart by their trust policies, so a set of
 * them is a set of the roles that are known; in an account that was never imported it may hold any.
 *
 * Yields now and then.
 *
 * @param sides grants of every layer: for each action that the same resource has to serve, those that concern it
 */
export function* resourcesToJudge(
  snapshot: Snapshot,
  caller: Caller,
  action: string,
  choice: ResourceChoice,
  sides: readonly (readonly Grant[])[],
): Steps<ResourcesToJudge> {
  if (choice.form === "EACH") {
    return { resources: choice.resources.map((resource) => inOwnAccount(snapshot, resource, caller)), isExact: true };
  }
  if (assumesRole(action)) return yield* rolesToJudge(snapshot, caller, choice.patterns, sides);
  const unions = [
    ...sides.flatMap(unionsOf),
    ...bucketUnions(snapshot, sides.flat()),
    ...groupUnions(snapshot, sides.flat()),
  ];
  // A set in no particular account is one of the caller's own: services are closed between accounts, so EVERY over all
  // accounts would never hold.
  const cells = yield* cellsOfEach(snapshot, choice.patterns, unions, caller.accountId);
  const own = cells.flatMap(({ resources }) => resources).filter((resource) => !liesElsewhere(snapshot, resource));
  const foreign = concernsBuckets(action) ? yield* inForeignBuckets(snapshot, caller, choice.patterns, unions) : [];
  const isElsewhere = choice.form === "SOME" || own.length === 0;
  const all = isElsewhere ? [...cells, ...foreign] : cells;
  return {
    resources: [...own, ...(isElsewhere ? foreign.flatMap(({ resources }) => resources) : [])],
    isExact: all.every(({ isExact }) => isExact),
  };
}

/** A bucket is one account's: a name in another account stands for nothing. */
export function liesElsewhere(snapshot: Snapshot, resource: RequestResource): boolean {
  const owner = ownerOfBucket(snapshot, resource);
  return owner !== undefined && owner !== (ownerOf(resource) ?? owner);
}

/** Buckets of other accounts whose policies may let the caller in: where a set leaves the account open, they are of it. */
function* inForeignBuckets(
  snapshot: Snapshot,
  { accountId }: Caller,
  patterns: readonly ResourcePattern[],
  unions: readonly Divider[],
): Steps<readonly ResourcesToJudge[]> {
  const owners = new Set([...snapshot.bucketPolicies.values()].map((policy) => policy.accountId));
  const others = [...owners].filter((owner) => accountId !== undefined && owner !== accountId);
  const open = patterns.filter(({ form, segments }) => form === "ANY" || segments?.[3] === "*");
  const found: ResourcesToJudge[] = [];
  for (const owner of others) {
    for (const { resources, isExact } of yield* cellsOfEach(snapshot, open, unions, owner)) {
      found.push({ resources: resources.filter((resource) => ownerOfBucket(snapshot, resource) === owner), isExact });
    }
  }
  return found;
}

function* cellsOfEach(
  snapshot: Snapshot,
  patterns: readonly ResourcePattern[],
  dividers: readonly Divider[],
  ownAccount: string | undefined,
): Steps<readonly Representatives[]> {
  const found: Representatives[] = [];
  for (const pattern of patterns) found.push(yield* cellsInSteps(snapshot, pattern, dividers, ownAccount));
  return found;
}

/** The known roles of a set, and names that stand for those of an account that was never imported. */
function* rolesToJudge(
  snapshot: Snapshot,
  { accountId }: Caller,
  patterns: readonly ResourcePattern[],
  sides: readonly (readonly Grant[])[],
): Steps<ResourcesToJudge> {
  const unseen = patterns.filter((pattern) => {
    const owner = ownerOf(pattern);
    return owner !== undefined && !snapshot.accounts.has(owner);
  });
  const cells = yield* cellsOfEach(snapshot, unseen, [...sides.flatMap(unionsOf), [ANY_ROLE]], accountId);
  const named = cells.flatMap(({ resources }) => resources).filter((resource) => coversResource(ANY_ROLE, resource));
  return {
    resources: [...(yield* rolesCovered(snapshot, patterns)), ...named],
    isExact: cells.every(({ isExact }) => isExact),
  };
}

const ANY_ROLE = readResourcePattern("acs:ram:*:*:role/?*").pattern;

/** A role as it is asked about among others; undefined for one of the catalog, which only its service assumes. */
export function roleToJudge({ accountId, name }: Role): RequestResource | undefined {
  return accountId === CATALOG_ACCOUNT ? undefined : readRequestArn(`acs:ram:*:${accountId}:role/${name}`);
}

/** How many roles are looked at before others get their turn. */
const STEP = 1_000;

function* rolesCovered({ roles }: Snapshot, patterns: readonly ResourcePattern[]): Steps<readonly RequestResource[]> {
  const covered: RequestResource[] = [];
  let looked = 0;
  for (const role of roles.values()) {
    if (++looked % STEP === 0) yield undefined;
    const resource = roleToJudge(role);
    if (resource !== undefined && patterns.some((pattern) => coversResource(pattern, resource))) covered.push(resource);
  }
  return covered;
}

/**
 * The pattern lists that tell resources apart. Statements of one effect under the same conditions apply together, so their
 * patterns make one union; a statement that excludes resources or cannot be read makes its own, and so do the values that
 * the pseudo-key `Resource` is compared with.
 */
function unionsOf(grants: readonly Grant[]): readonly Divider[] {
  const merged = new Map<string, Map<string, ResourcePattern>>();
  const tests = new Map<string, ConditionTest>();
  for (const grant of grants) {
    const { statement } = grant;
    for (const test of statement.conditions.filter(({ foldedKey }) => foldedKey === "resource")) {
      tests.set(test.identity, test);
    }
    if (statement.resources === "UNREADABLE") continue;
    const group = mergeGroup(grant);
    const union = merged.get(group) ?? new Map<string, ResourcePattern>();
    for (const pattern of statement.resources.patterns) union.set(pattern.text, pattern);
    merged.set(group, union);
  }
  const unions = [...merged.values()].map((union) => [...union.values()]);
  const dividing = unions.filter((union) => union.length > 0 && !union.some(({ form }) => form === "ANY"));
  return [...distinct(dividing), ...tests.values()];
}

/** Only identity statements at account scope are alike enough to be told apart by effect and conditions alone. */
function mergeGroup({ statement, policy, layer, resourceGroupId }: Grant): string {
  const isPlain =
    layer === "ACCOUNT_LEVEL_IDENTITY_POLICY" &&
    resourceGroupId === undefined &&
    statement.unreadable.length === 0 &&
    statement.resources !== "UNREADABLE" &&
    !statement.resources.isNegated;
  if (!isPlain) return `${policy}#${statement.pointer}`;
  const tests = statement.conditions.map(({ identity, isNegated }) => JSON.stringify([identity, isNegated]));
  return JSON.stringify([statement.effect, ...tests.toSorted()]);
}

function distinct(unions: readonly (readonly ResourcePattern[])[]): readonly (readonly ResourcePattern[])[] {
  const nameOf = (union: readonly ResourcePattern[]) => union.map(({ text }) => text).toSorted();
  return [...new Map(unions.map((union) => [JSON.stringify(nameOf(union)), union])).values()];
}

/** Buckets whose own policies have a say about the action. */
function bucketUnions({ bucketPolicies }: Snapshot, grants: readonly Grant[]): readonly (readonly ResourcePattern[])[] {
  const places = new Set(grants.filter(({ layer }) => layer === "RESOURCE_POLICY").map(({ policy }) => policy));
  return [...bucketPolicies.values()].filter(({ key }) => places.has(key)).map(({ covers }) => covers);
}

/** Members of the groups that some grant is limited to, those of all groups, and what groups do not take. */
function groupUnions({ groupIndex }: Snapshot, grants: readonly Grant[]): readonly (readonly ResourcePattern[])[] {
  const groups = new Set(grants.flatMap(({ resourceGroupId }) => resourceGroupId ?? []));
  if (groups.size === 0) return [];
  const unions = [...[...groups].map((id) => groupIndex.membersOf(id)), groupIndex.allMembers, groupIndex.ungrouped];
  return unions.filter((union) => union.length > 0);
}
