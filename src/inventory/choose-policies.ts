import { compareBytes, sortByKey } from "./byte-order.js";
import { keyOfPolicy } from "./key-of-policy.js";
import type { Key } from "./keys.js";
import type { Policy, PolicyVersion } from "./policy.js";
import type { SourceFinding } from "./source.js";

/** What one source says of a policy that belongs to the cloud. */
export interface PolicyClaim {
  readonly sourceKey: Key;
  /** True for a document that an account really had, false for one that a page prints. */
  readonly isExported: boolean;
  readonly policy: Policy;
}

/** The policies that hold, and for each exported version that gave way a finding with the policy's key as `subject`. */
export interface ChosenPolicies {
  readonly policies: readonly Policy[];
  readonly findings: readonly SourceFinding[];
}

/**
 * System and service-linked policies are the same in every account, yet sources state them at different times. A claim
 * with a document holds over one without, an exported one over a page's, then the newer default version. What the
 * chosen claim leaves out (a page's description, its service, its warning) is taken from the others. The order of claims is of no
 * matter.
 */
export function choosePolicies(claims: readonly PolicyClaim[]): ChosenPolicies {
  const groups = new Map<Key, PolicyClaim[]>();
  for (const claim of claims) {
    const key = keyOfPolicy(claim.policy);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  const chosen = [...groups.values()].map((group) => group.toSorted(compareStrength));
  return {
    policies: sortByKey(chosen.flatMap(joinClaims), keyOfPolicy),
    findings: chosen.flatMap(findOutdated),
  };
}

function joinClaims(claims: readonly PolicyClaim[]): readonly Policy[] {
  const [best] = claims;
  if (best === undefined) return [];
  const description = claims.map(({ policy }) => policy.description).find((text) => text !== undefined);
  const service = claims.map(({ policy }) => policy.service).find((code) => code !== undefined);
  const isHighRisk = claims.some(({ policy }) => policy.isHighRisk);
  return [
    {
      ...best.policy,
      isHighRisk,
      sourceKey: best.sourceKey,
      ...(description === undefined ? {} : { description }),
      ...(service === undefined ? {} : { service }),
    },
  ];
}

function findOutdated(claims: readonly PolicyClaim[]): readonly SourceFinding[] {
  const [best, ...others] = claims;
  const kept = best === undefined ? undefined : defaultOf(best.policy);
  if (best === undefined || kept === undefined || !best.isExported) return [];
  return others.flatMap(({ sourceKey, isExported, policy }) => {
    const version = defaultOf(policy);
    if (!isExported || version?.documentText === undefined || version.documentText === kept.documentText) return [];
    return [
      {
        code: "FACT_OVERRIDDEN",
        severity: "WARNING" as const,
        message: `policy \`${policy.name}\` is stated in version \`${version.versionId}\` here and in version \`${kept.versionId}\` by \`${best.sourceKey}\`, which holds`,
        sourceKey,
        subject: keyOfPolicy(policy),
      },
    ];
  });
}

/** Negative when `a` holds over `b`. */
function compareStrength(a: PolicyClaim, b: PolicyClaim): number {
  const [left, right] = [defaultOf(a.policy), defaultOf(b.policy)];
  return (
    Number(right?.documentText !== undefined) - Number(left?.documentText !== undefined) ||
    Number(b.isExported) - Number(a.isExported) ||
    timeOf(right) - timeOf(left) ||
    numberOf(right) - numberOf(left) ||
    compareBytes(a.sourceKey, b.sourceKey)
  );
}

const defaultOf = (policy: Policy) => policy.versions.find((version) => version.isDefault);
const timeOf = (version: PolicyVersion | undefined) => Date.parse(version?.createdAt ?? "") || 0;
/** `v10` is newer than `v9`. */
const numberOf = (version: PolicyVersion | undefined) =>
  Number(/^v([0-9]{1,9})$/.exec(version?.versionId ?? "")?.[1] ?? 0);
