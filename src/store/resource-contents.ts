import type { ResourceFacts } from "../inventory/resource.js";
import {
  GroupedResourceEntity,
  GroupSupportEntity,
  ResourceGroupEntity,
  ResourcePolicyEntity,
  ResourceTagEntity,
} from "./entities/resource.entity.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";

/** The tables of resources; they refer to accounts. */
export function resourceContents(facts: ResourceFacts, accountId: string): readonly TableContent[] {
  const own: Scope = { sql: "account_id = $1", parameters: [accountId] };
  return [
    contentOf(ResourceGroupEntity, facts.resourceGroups, own),
    contentOf(
      GroupedResourceEntity,
      facts.groupedResources.map(({ regionId = "", ...resource }) => ({ ...resource, regionId })),
      own,
    ),
    contentOf(
      GroupSupportEntity,
      facts.groupSupports.map((support) => ({ accountId, ...support })),
      own,
    ),
    contentOf(ResourceTagEntity, facts.resourceTags, own),
    contentOf(ResourcePolicyEntity, facts.resourcePolicies, own),
  ];
}
