import { asciiLower } from "../../../policy/ascii.js";
import { type Row, readAccountId, readList, readName, readRows, readText, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** What an index of Postgres can hold of all parts together; no code or id comes near. */
const CODE_LIMIT = 64;
const TYPE_LIMIT = 128;

/** `resourcemanager.ListResourceGroups`. */
export function readResourceGroups(response: Row): readonly Said[] {
  return readList(response, "ResourceGroups", "ResourceGroup").map((row) => ({
    kind: "resourceGroup",
    id: readName(row, "Id", CODE_LIMIT),
    name: readName(row, "Name"),
    accountId: row.fields.has("AccountId") ? readAccountId(row, "AccountId") : undefined,
    where: whereOf(row),
  }));
}

/** `resourcemanager.ListResources`: which resource is in which group. */
export function readResources(response: Row): readonly Said[] {
  return readList(response, "Resources", "Resource").map((row) => ({
    kind: "resource",
    ...readType(row),
    resourceId: readName(row, "ResourceId"),
    regionId: readText(row, "RegionId", CODE_LIMIT),
    resourceGroupId: readName(row, "ResourceGroupId", CODE_LIMIT),
    where: whereOf(row),
  }));
}

/**
 * `resourcemanager.ListResourceGroupCapability`: whatever it lists can be in a group. Its flag
 * `SupportResourceGroupEvent` speaks of events about groups and is no matter of permissions.
 */
export function readGroupCapabilities(response: Row): readonly Said[] {
  return readRows(response, "Capabilities").map((row) => ({
    kind: "groupSupport",
    ...readType(row),
    where: whereOf(row),
  }));
}

/** Responses differ in the letter case of codes and types. */
function readType(row: Row): { readonly service: string; readonly resourceType: string } {
  return {
    service: asciiLower(readName(row, "Service", CODE_LIMIT)),
    resourceType: asciiLower(readName(row, "ResourceType", TYPE_LIMIT)),
  };
}
