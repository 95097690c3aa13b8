import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { filterInSteps } from "../../grants/filter-in-steps.js";
import { nameOrder } from "../../grants/name-order.js";
import { partsOf } from "../../grants/parts-of.js";
import { policiesGranting } from "../../grants/policies-granting.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import type { PolicyType } from "../../inventory/policy.js";
import { asciiLower } from "../../policy/ascii.js";

/** What policies are wanted; all that is given must hold. An empty list is held by none. */
export interface PolicyFilter {
  readonly types?: readonly PolicyType[] | null | undefined;
  /** Digits, or `catalog` for policies that belong to the cloud. */
  readonly accountIds?: readonly string[] | null | undefined;
  readonly nameContains?: string | null | undefined;
  /** `service:Name` without wildcards. */
  readonly grantsAction?: string | null | undefined;
  readonly isAttached?: boolean | null | undefined;
  readonly isHighRisk?: boolean | null | undefined;
}

/** Policies by name. */
export function* filterPolicies(
  snapshot: Snapshot,
  filter: PolicyFilter,
): Generator<undefined, readonly CompiledPolicy[], undefined> {
  const { types, accountIds, isAttached, isHighRisk, grantsAction } = filter;
  const part = asciiLower(filter.nameContains ?? "");
  const granting = typeof grantsAction === "string" ? yield* policiesGranting(snapshot, grantsAction) : undefined;
  const accounts = accountIds && new Set(accountIds);
  const wanted = yield* filterInSteps(
    yield* nameOrder(snapshot).policies(),
    ({ row, folded }) =>
      (granting?.has(row) ?? true) &&
      (types?.includes(row.policy.type) ?? true) &&
      (accounts?.has(row.policy.accountId ?? CATALOG_ACCOUNT) ?? true) &&
      folded.includes(part) &&
      (typeof isHighRisk !== "boolean" || row.policy.isHighRisk === isHighRisk) &&
      (typeof isAttached !== "boolean" || snapshot.attachmentsOfPolicy.has(row.key) === isAttached),
  );
  return wanted.map(({ row }) => row);
}

/**
 * The same policies by how often they are attached; those attached equally often keep their order. Yields while it counts, once a
 * snapshot.
 */
export function* byAttachmentCount(
  snapshot: Snapshot,
  policies: readonly CompiledPolicy[],
  isDescending: boolean,
): Generator<undefined, readonly CompiledPolicy[], undefined> {
  const counts = yield* attachmentCounts(snapshot);
  const counted = policies.map((policy) => ({ policy, count: counts.get(policy.key) ?? 0 }));
  const sorted = counted.sort((a, b) => (isDescending ? b.count - a.count : a.count - b.count));
  return sorted.map(({ policy }) => policy);
}

const attachmentCounts = workTogetherFor(countAttachments);

/** How many policies are counted before others get their turn. */
const STEP = 100;

function* countAttachments({
  attachmentsOfPolicy,
}: Snapshot): Generator<undefined, ReadonlyMap<Key, number>, undefined> {
  const counts = new Map<Key, number>();
  for (const key of attachmentsOfPolicy.keys()) {
    counts.set(key, partsOf(attachmentsOfPolicy, key).length);
    if (counts.size % STEP === 0) yield undefined;
  }
  return counts;
}
