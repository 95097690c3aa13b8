import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { nameOrder } from "../../grants/name-order.js";
import { policiesGranting } from "../../grants/policies-granting.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
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
export function filterPolicies(snapshot: Snapshot, filter: PolicyFilter): readonly CompiledPolicy[] {
  const { types, accountIds, isAttached, isHighRisk, grantsAction } = filter;
  const part = asciiLower(filter.nameContains ?? "");
  const granting = typeof grantsAction === "string" ? new Set(policiesGranting(snapshot, grantsAction)) : undefined;
  return nameOrder(snapshot)
    .policies()
    .filter(
      ({ row, folded }) =>
        (granting?.has(row) ?? true) &&
        (types?.includes(row.policy.type) ?? true) &&
        (accountIds?.includes(row.policy.accountId ?? CATALOG_ACCOUNT) ?? true) &&
        (typeof isAttached !== "boolean" || snapshot.attachmentsOfPolicy.has(row.key) === isAttached) &&
        (typeof isHighRisk !== "boolean" || row.policy.isHighRisk === isHighRisk) &&
        folded.includes(part),
    )
    .map(({ row }) => row);
}

/** The same policies by how often they are attached; those attached equally often keep their order. */
export function byAttachmentCount(
  { attachmentsOfPolicy }: Snapshot,
  policies: readonly CompiledPolicy[],
  isDescending: boolean,
): readonly CompiledPolicy[] {
  const countOf = ({ key }: CompiledPolicy) => attachmentsOfPolicy.get(key)?.length ?? 0;
  return policies.toSorted((a, b) => (isDescending ? countOf(b) - countOf(a) : countOf(a) - countOf(b)));
}
