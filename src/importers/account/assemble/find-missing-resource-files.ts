import type { GroupedResource } from "../../../inventory/resource.js";
import type { GapNote } from "../read-file.js";
import type { HasAnswer } from "./answers.js";

const GROUP = "RESOURCE_GROUP_UNKNOWN";
const POLICY = "RESOURCE_POLICIES_NOT_IMPORTED";
const RESOURCES = "resourcemanager.ListResources";
const CAPABILITIES = "resourcemanager.ListResourceGroupCapability";
const BUCKET_POLICY = "oss.GetBucketPolicy";

/** A kind of fact that is not there at all is a gap under the account's id, a part of one under its own name. */
export function findMissingResourceFiles(
  has: HasAnswer,
  resources: readonly GroupedResource[],
  accountId: string,
): readonly GapNote[] {
  return [...findMissingGroups(has, accountId), ...findMissingPolicies(has, resources, accountId)];
}

function findMissingGroups(has: HasAnswer, accountId: string): readonly GapNote[] {
  if (!has("resourcemanager.ListResourceGroups") || !has(RESOURCES)) {
    return [{ reason: GROUP, subject: accountId, detail: "which resource is in which group is not imported" }];
  }
  if (has(CAPABILITIES)) return [];
  const lack = "which types of resources can be in a group at all is unknown";
  return [{ reason: GROUP, subject: CAPABILITIES, detail: `\`${CAPABILITIES}\` is not in the export: ${lack}` }];
}

function findMissingPolicies(
  has: HasAnswer,
  resources: readonly GroupedResource[],
  accountId: string,
): readonly GapNote[] {
  if (!has(BUCKET_POLICY)) {
    const detail = "bucket policies are not imported: answers are as if there were none";
    return [{ reason: POLICY, subject: accountId, detail }];
  }
  if (!has(RESOURCES)) {
    const detail = `\`${RESOURCES}\` is not in the export: whether the policies of all buckets are there is unknown`;
    return [{ reason: POLICY, subject: BUCKET_POLICY, detail }];
  }
  return resources
    .filter(({ service, resourceType }) => service === "oss" && resourceType === "bucket")
    .filter(({ resourceId }) => !has(BUCKET_POLICY, resourceId))
    .map(({ resourceId }) => {
      const detail = `\`${BUCKET_POLICY}.${resourceId}\` is not in the export: the policy of bucket \`${resourceId}\` is unknown`;
      return { reason: POLICY, subject: resourceId, detail };
    });
}
