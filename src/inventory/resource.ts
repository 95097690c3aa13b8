/** Facts about resources themselves: which group they are in, how they are tagged, what their own policies say. */

export interface ResourceGroup {
  readonly accountId: string;
  /** e.g. `rg-acfmxazb4ph`. */
  readonly id: string;
  readonly name: string;
}

/** A resource that is known to be in a group, as Resource Management names it. */
export interface GroupedResource {
  readonly accountId: string;
  /** Product code as Resource Management writes it, in lower case, e.g. `ecs`. */
  readonly service: string;
  /** e.g. `instance`, in lower case. */
  readonly resourceType: string;
  readonly resourceId: string;
  /** Absent for global resources. */
  readonly regionId?: string;
  readonly resourceGroupId: string;
}

/** Whether a type of resource can be in a group at all. */
export interface GroupSupport {
  readonly service: string;
  readonly resourceType: string;
  readonly isSupported: boolean;
}

export interface ResourceTag {
  readonly accountId: string;
  /** ARN where the export gives one, else built from service, region, account, type and id. */
  readonly arn: string;
  readonly key: string;
  readonly value: string;
}

/** A policy that a resource carries itself. */
export interface ResourcePolicy {
  /** Who owns the resource. */
  readonly accountId: string;
  readonly kind: "OSS_BUCKET";
  /** Name of the bucket. */
  readonly resource: string;
  /** Byte for byte as imported. */
  readonly documentText: string;
}

export interface ResourceFacts {
  readonly resourceGroups: readonly ResourceGroup[];
  readonly groupedResources: readonly GroupedResource[];
  readonly groupSupports: readonly GroupSupport[];
  readonly resourceTags: readonly ResourceTag[];
  readonly resourcePolicies: readonly ResourcePolicy[];
}

export const NO_RESOURCES: ResourceFacts = {
  resourceGroups: [],
  groupedResources: [],
  groupSupports: [],
  resourceTags: [],
  resourcePolicies: [],
};
