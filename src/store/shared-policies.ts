import { type ChosenPolicies, choosePolicies, type PolicyClaim } from "../inventory/choose-policies.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import type { Key } from "../inventory/keys.js";
import type { Policy } from "../inventory/policy.js";
import type { SourceKind } from "../inventory/source.js";
import { PolicyClaimEntity } from "./entities/policy.entity.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

export interface SharedPolicies extends ChosenPolicies {
  /** Keys of the policies that the writer stated before or states now: only these may change. */
  readonly affected: readonly Key[];
  /** The writer's claims, to be kept. */
  readonly claims: TableContent;
}

/**
 * Chooses, for the policies of the cloud that one writer states or stated, what holds from the claims of all sources.
 *
 * @param scope an SQL condition on `source_key` for the sources that the writer replaces.
 */
export async function chooseSharedPolicies(
  transaction: Transaction,
  stated: readonly PolicyClaim[],
  scope: Scope,
): Promise<SharedPolicies> {
  const former = await transaction.query<{ id: Key }>(
    `SELECT DISTINCT policy_id AS id FROM policy_claim WHERE ${scope.sql}`,
    scope.parameters,
  );
  const affected = [...new Set([...former.map(({ id }) => id), ...stated.map(({ policy }) => keyOfPolicy(policy))])];
  const others = await transaction.query<{ sourceKey: Key; kind: SourceKind; policy: Policy }>(
    `SELECT source_key AS "sourceKey", claim AS policy, source.kind
     FROM policy_claim JOIN source ON source.key = source_key
     WHERE NOT (${scope.sql}) AND policy_id = ANY($${scope.parameters.length + 1})`,
    [...scope.parameters, affected],
  );
  return {
    ...choosePolicies([...others, ...stated]),
    affected,
    claims: contentOf(PolicyClaimEntity, rowsOf(stated), scope),
  };
}

function rowsOf(stated: readonly PolicyClaim[]) {
  return stated.map(({ sourceKey, policy }) => ({ sourceKey, policyId: keyOfPolicy(policy), claim: policy }));
}
