import type { Key } from "../inventory/keys.js";
import type { ResourceFacts } from "../inventory/resource.js";
import type { SourceFinding } from "../inventory/source.js";
import { compileBucketPolicies } from "./bucket-policies.js";
import { groupBy } from "./group-by.js";
import { indexGroups } from "./group-index.js";
import type { Snapshot } from "./snapshot.js";
import { indexTags } from "./tag-index.js";

/** What is known of resources, arranged for look-up. */
export function arrangeResources(facts: ResourceFacts): Pick<Snapshot, "groupIndex" | "bucketPolicies" | "tagsOf"> {
  return {
    groupIndex: indexGroups(facts),
    bucketPolicies: compileBucketPolicies(facts.resourcePolicies),
    tagsOf: indexTags(facts.resourceTags),
  };
}

/** Findings by the fact that they are about. */
export function indexFindings(findings: readonly SourceFinding[]): ReadonlyMap<Key, readonly SourceFinding[]> {
  return groupBy(
    findings.filter(({ subject }) => subject !== undefined),
    ({ subject }) => subject ?? "",
  );
}
