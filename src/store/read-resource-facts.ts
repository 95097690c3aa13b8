import { compareBytes } from "../inventory/byte-order.js";
import type { GroupSupport, ResourceFacts } from "../inventory/resource.js";
import {
  GroupedResourceEntity,
  GroupSupportEntity,
  ResourceGroupEntity,
  ResourcePolicyEntity,
  ResourceTagEntity,
} from "./entities/resource.entity.js";
import type { FactReader } from "./fact-reader.js";
import { groupBy } from "./group-by.js";

/** Resource groups and what is in them, tags, and policies of resources. */
export async function readResourceFacts(reader: FactReader): Promise<ResourceFacts> {
  const { readRows } = reader;
  return {
    resourceGroups: await readRows(ResourceGroupEntity, (row) => row),
    groupedResources: await readRows(GroupedResourceEntity, ({ regionId, ...resource }) => {
      return regionId === "" ? resource : { ...resource, regionId };
    }),
    groupSupports: await readSupports(reader),
    resourceTags: await readRows(ResourceTagEntity, (row) => row),
    resourcePolicies: await readRows(ResourcePolicyEntity, (row) => row),
  };
}

/** What any account's export calls supported is: the cloud adds types and takes none away. */
async function readSupports({ readRows }: FactReader): Promise<readonly GroupSupport[]> {
  const rows = await readRows(GroupSupportEntity, (row) => row);
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
