import type { Snapshot } from "../../grants/snapshot.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { ActionChoice } from "./access-question.js";

/** Could the policy of a resource grant one of the actions to somebody whom no identity policy grants it? */
export function isGrantedByResources({ bucketPolicies }: Snapshot, { parts }: Pick<ActionChoice, "parts">): boolean {
  return bucketPolicies.size > 0 && parts.some(({ name }) => concernsBuckets(name));
}

/** Bucket policies are asked about requests to OSS alone, whatever their statements list. */
export function concernsBuckets(action: string): boolean {
  return serviceOfAction(action) === "oss";
}
