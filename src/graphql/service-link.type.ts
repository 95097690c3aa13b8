import { Field, ObjectType } from "type-graphql";
import type { KnownServiceLink } from "../grants/service-link-of.js";
import type { Snapshot } from "../grants/snapshot.js";
import type { ServiceDependency } from "../inventory/catalog.js";
import { plainJson } from "./plain-json.js";
import { JsonScalar } from "./scalars.js";

@ObjectType("ServiceLink", {
  simpleResolvers: true,
  description: "What makes a role service-linked: the service that owns it, and its life from creation to deletion.",
})
export class ServiceLinkType {
  constructor(
    readonly snapshot: Snapshot,
    readonly row: KnownServiceLink,
  ) {}

  @Field(() => String, {
    description: "Service principal, the only one that may assume the role, e.g. `connector.alikafka.aliyuncs.com`.",
  })
  get serviceName(): string {
    return this.row.serviceName;
  }

  @Field(() => String, { nullable: true, description: "What makes the cloud create the role." })
  get createdWhen(): string | undefined {
    return this.row.createdWhen;
  }

  @Field(() => String, { nullable: true, description: "What the service needs the role for." })
  get purpose(): string | undefined {
    return this.row.purpose;
  }

  @Field(() => [String], { description: "What must be deleted before the role can be." })
  get prerequisitesForDeletion(): readonly string[] {
    return this.row.prerequisitesForDeletion;
  }

  @Field(() => JsonScalar, {
    description:
      "Policy that a RAM user needs so that the role is created for them: as the documentation prints it, else made from the service principal.",
  })
  get creationPolicy(): unknown {
    return plainJson(this.row.creationPolicy);
  }
}

@ObjectType("ServiceDependency", {
  simpleResolvers: true,
  description: "One service reaches another by means of a service-linked role.",
})
export class ServiceDependencyType {
  /** Tells the lists below two dependencies apart; no part holds a blank. */
  readonly id: string;

  constructor(
    readonly snapshot: Snapshot,
    readonly row: ServiceDependency,
  ) {
    this.id = `dependency:${row.from} ${row.to} ${row.roleName}`;
  }

  @Field(() => String, { nullable: true, description: "What for, in plain words; null if not stated." })
  get purpose(): string | undefined {
    return this.row.purpose;
  }
}
