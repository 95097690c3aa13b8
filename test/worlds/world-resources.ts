import type { GroupedResource, ResourceFacts } from "../../src/inventory/resource.js";
import { type Content, documentText, owned } from "./world-names.js";

/** What is known of resources. */
export interface WorldResources {
  /** Members by resource group, each `ecs:instance/i-1` or `ecs:instance/i-1@cn-hangzhou`. */
  readonly resourceGroups?: Readonly<Record<string, readonly string[]>>;
  /** Types that groups do not take, as `ecs:keypair`. */
  readonly ungroupedTypes?: readonly string[];
  /** Tags by ARN. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Policies by bucket; `222/b` is a bucket of account 222. */
  readonly buckets?: Readonly<Record<string, Exclude<Content, null>>>;
}

export function resourcesOf(world: WorldResources): ResourceFacts {
  const { resourceGroups = {}, ungroupedTypes = [], tags = {}, buckets = {} } = world;
  return {
    resourceGroups: Object.keys(resourceGroups).map((written) => {
      const [accountId, id] = owned(written);
      return { accountId, id, name: id };
    }),
    groupedResources: Object.entries(resourceGroups).flatMap(([group, members]) =>
      members.map((member) => groupedResource(group, member)),
    ),
    groupSupports: ungroupedTypes.map((type) => {
      const [service = "", resourceType = ""] = type.split(":");
      return { service, resourceType, isSupported: false };
    }),
    resourceTags: Object.entries(tags).flatMap(([arn, held]) =>
      Object.entries(held).map(([key, value]) => ({ accountId: arn.split(":")[3] ?? "", arn, key, value })),
    ),
    resourcePolicies: Object.entries(buckets).map(([written, content]) => {
      const [accountId, resource] = owned(written);
      return { accountId, kind: "OSS_BUCKET", resource, documentText: documentText(content) };
    }),
  };
}

function groupedResource(group: string, member: string): GroupedResource {
  const [accountId, resourceGroupId] = owned(group);
  const found = /^([^:]+):([^/]+)\/([^@]+)(?:@(.+))?$/.exec(member);
  if (found === null) throw new Error(`\`${member}\` is not a member such as \`ecs:instance/i-1\``);
  const [, service = "", resourceType = "", resourceId = "", regionId] = found;
  const resource = { accountId, service, resourceType, resourceId, resourceGroupId };
  return regionId === undefined ? resource : { ...resource, regionId };
}
