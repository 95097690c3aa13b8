import type { Said } from "../account/said.js";
import type { Collector } from "./collector.js";

/**
 * Fetches resource groups, what lies in them, and the tags of the regions named and of those where resources lie. There
 * is no call that lists tags of all regions.
 */
export async function collectGroups(collector: Collector, regions: readonly string[]): Promise<void> {
  const found = new Set(regions);
  await Promise.all([
    collector.fetch("resourcemanager.ListResourceGroups"),
    collector.fetch("resourcemanager.ListResourceGroupCapability"),
    collector.fetch("resourcemanager.ListResources", {}, (said) => addRegions(found, said)),
  ]);
  await Promise.all(
    [...found].map(async (region) => {
      await collector.fetch("tag.ListTagResources", { names: [region], query: { RegionId: region }, region });
    }),
  );
}

/** The region becomes part of an address, so nothing else may pass for one. */
function addRegions(regions: Set<string>, said: readonly Said[]): void {
  for (const one of said) {
    const region = one.kind === "resource" ? one.regionId : undefined;
    if (region !== undefined && isRegion(region)) regions.add(region);
  }
}

/** `cn-hangzhou`, `ap-southeast-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z0-9]+){1,4}$/.test(text);
}
