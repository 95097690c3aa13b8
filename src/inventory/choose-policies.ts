import { compareBytes, sortByKey } from "./byte-order.js";
import { canonicalJson } from "./canonical-json.js";
import { keyOfPolicy } from "./key-of-policy.js";
import type { Key } from "./keys.js";
import { documentMeaning } from "./merge-policies.js";
import type { Policy, PolicyVersion } from "./policy.js";
import type { SourceFinding, SourceKind } from "./source.js";

/** What one source says of a policy that belongs to the cloud. */
export interface PolicyClaim {
  readonly sourceKey: Key;
  readonly kind: SourceKind;
  readonly policy: Policy;
}

/** The policies that hold, and for each document that gave way a finding with the policy's key as `subject`. */
export interface ChosenPolicies {
  readonly policies: readonly Policy[];
  readonly findings: readonly SourceFinding[];
}

/**
 * System and service-linked policies are the same in every account, yet sources state them at different times. A claim
 * with a document holds over one without, a live account's over an export's and that over a page's, then the newer default version. What the
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
  if (best === undefined || kept?.documentText === undefined) return [];
  const meaning = canonicalJson(documentMeaning(kept.documentText));
  return others.flatMap(({ sourceKey, policy }) => {
    const version = defaultOf(policy);
    if (version?.documentText === undefined || version.documentText === kept.documentText) return [];
    if (canonicalJson(documentMeaning(version.documentText)) === meaning) return [];
    return [
      {
        code: "FACT_OVERRIDDEN",
        severity: "WARNING" as const,
        message: `policy \`${policy.name}\` is stated in version \`${version.versionId}\` by \`${sourceKey}\` and in version \`${kept.versionId}\` by \`${best.sourceKey}\`, which holds`,
        sourceKey,
        subject: keyOfPolicy(policy),
      },
    ];
  });
}

/** What is really there holds over what was there, and that over what a page says. */
const TRUST: Readonly<Record<SourceKind, number>> = {
  HYPOTHETICAL: 3,
  LIVE_ACCOUNT: 2,
  ACCOUNT_EXPORT: 1,
  DOCUMENTATION_PAGE: 0,
};

/** Negative when `a` holds over `b`. */
function compareStrength(a: PolicyClaim, b: PolicyClaim): number {
  const [left, right] = [defaultOf(a.policy), defaultOf(b.policy)];
  return (
    Number(right?.documentText !== undefined) - Number(left?.documentText !== undefined) ||
    TRUST[b.kind] - TRUST[a.kind] ||
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
