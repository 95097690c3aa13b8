import { compareBytes } from "../inventory/byte-order.js";
import type { GroupSupport, ResourceFacts } from "../inventory/resource.js";
import {
  GroupedResourceEntity,
  GroupSupportEntity,
  ResourceGroupEntity,
  ResourcePolicyEntity,
  ResourceTagEntity,
} from "./entities/resource.entity.js";
import { groupBy } from "./group-by.js";
import type { ReadRows } from "./read-rows.js";

/** Resource groups and what is in them, tags, and policies of resources. */
export async function readResourceFacts(readRows: ReadRows): Promise<ResourceFacts> {
  const resources = await readRows(GroupedResourceEntity);
  return {
    resourceGroups: await readRows(ResourceGroupEntity),
    groupedResources: resources.map(({ regionId, ...resource }) => {
      return regionId === "" ? resource : { ...resource, regionId };
    }),
    groupSupports: await readSupports(readRows),
    resourceTags: await readRows(ResourceTagEntity),
    resourcePolicies: await readRows(ResourcePolicyEntity),
  };
}

/** What any account's export calls supported is: the cloud adds types and takes none away. */
async function readSupports(readRows: ReadRows): Promise<readonly GroupSupport[]> {
  const rows = await readRows(GroupSupportEntity);
  const types = groupBy(
    rows.toSorted((a, b) => compareBytes(a.service, b.service) || compareBytes(a.resourceType, b.resourceType)),
    ({ service, resourceType }) => `${service}\0${resourceType}`,
  );
  return [...types.values()].flatMap((stated) => {
    const [first] = stated;
    if (first === undefined) return [];
    const { service, resourceType } = first;
    return [{ service, resourceType, isSupported: stated.some(({ isSupported }) => isSupported) }];
  });
}
