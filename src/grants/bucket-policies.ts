import type { Key } from "../inventory/keys.js";
import type { ResourcePolicy } from "../inventory/resource.js";
import type { RequestResource, ResourcePattern } from "../policy/arn.js";
import { readResourcePattern } from "../policy/arn.js";
import type { Grant } from "../policy/grant.js";
import { parsePolicy } from "../policy/parse-policy.js";

/** The policy of a bucket, which may grant by itself and deny what others grant. */
export interface BucketPolicy {
  /** Place that its grants name as theirs. */
  readonly key: Key;
  readonly accountId: string;
  readonly grants: readonly Grant[];
  /** The bucket and everything in it. */
  readonly covers: readonly ResourcePattern[];
}

/** Reads bucket policies, by the bucket's name, which is unique in the whole cloud. */
export function compileBucketPolicies(policies: readonly ResourcePolicy[]): ReadonlyMap<string, BucketPolicy> {
  return new Map(policies.map((policy) => [policy.resource, compileBucketPolicy(policy)]));
}

function compileBucketPolicy({ accountId, resource, documentText }: ResourcePolicy): BucketPolicy {
  const { statements } = parsePolicy(documentText, "RESOURCE").value;
  const key: Key = `bucket:${resource}`;
  return {
    key,
    accountId,
    grants: statements.map((statement) => ({ statement, layer: "RESOURCE_POLICY", policy: key })),
    covers: [resource, `${resource}/*`].map((name) => readResourcePattern(`acs:oss:*:*:${name}`).pattern),
  };
}

/** Name of the bucket that a resource of OSS is or lies in. */
export function bucketOf({ segments }: RequestResource): string | undefined {
  if (segments === undefined || segments[1] !== "oss") return undefined;
  return segments[4].split("/")[0];
}
