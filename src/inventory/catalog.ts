/** Facts about the cloud itself: services, actions, operations, resource types, condition keys, service links. */

export type AccessLevel = "CREATE" | "GET" | "LIST" | "UPDATE" | "DELETE" | "NONE";
export type Granularity = "SERVICE" | "OPERATION" | "RESOURCE";

export interface Service {
  /** RAM code in lower case, e.g. `ecs`. */
  readonly code: string;
  /** Product name as people say it; the code where no page names it. */
  readonly name: string;
  readonly granularity?: Granularity;
  /** Key of the source that names the service. */
  readonly sourceKey?: string;
}

export interface Action {
  /** `service:Name`, spelt as its authorization page spells it, else as the first policy that names it. */
  readonly name: string;
  readonly service: string;
  /** Sorted, without duplicates. Inferred from the verb where `isDocumented` is false. */
  readonly accessLevels: readonly AccessLevel[];
  /** True when an authorization page lists it. */
  readonly isDocumented: boolean;
}

/** A resource that an operation takes. `resourceType` is absent where the operation takes all resources (`*`). */
export interface OperationResource {
  readonly resourceType?: string;
  readonly arnTemplate: string;
  readonly isRequired: boolean;
}

/** One API operation paired with one action that it needs; the same operation or action may stand in several pairs. */
export interface Operation {
  readonly service: string;
  readonly name: string;
  readonly action: string;
  readonly accessLevel: AccessLevel;
  readonly resources: readonly OperationResource[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

export interface ResourceType {
  readonly service: string;
  readonly name: string;
  /** With placeholders as the page writes them, e.g. `acs:mq:{#regionId}:{#accountId}:{#InstanceId}`. */
  readonly arnTemplate: string;
}

export interface ConditionKey {
  readonly name: string;
  readonly valueType?: string;
  /** RAM code of the service that defines it; absent for keys common to all services (`acs:…`). */
  readonly service?: string;
}

/** What makes a role of the catalog service-linked. */
export interface ServiceLink {
  readonly roleName: string;
  /** Service principal, e.g. `connector.alikafka.aliyuncs.com`. Absent where no source tells it. */
  readonly serviceName?: string;
  /** RAM code of the product that owns the role. Absent where neither its page's product nor its principal tells. */
  readonly service?: string;
  readonly createdWhen?: string;
  readonly purpose?: string;
  /** What must be deleted before the role can be. */
  readonly prerequisitesForDeletion: readonly string[];
  /** What stops working once the role is gone. */
  readonly consequences: readonly string[];
  /** Policy document (JSON text) that lets a RAM user have the role created. Absent where the principal is needed to make it. */
  readonly creationPolicy?: string;
  /** True when no page prints that document and it is made from the service principal. */
  readonly isCreationPolicyBuilt: boolean;
}

/** One service uses another through a service-linked role. */
export interface ServiceDependency {
  readonly from: string;
  readonly to: string;
  readonly roleName: string;
  readonly purpose?: string;
}
