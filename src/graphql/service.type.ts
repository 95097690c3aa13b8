import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Granularity, Service } from "../inventory/catalog.js";
import { serviceKey } from "../inventory/keys.js";
import { GranularityEnum } from "./catalog-enums.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";

@ObjectType("Service", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A cloud service, as RAM tells services apart.",
})
export class ServiceType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Service,
  ) {
    super(snapshot, serviceKey(row.code));
  }

  @Field(() => String, { description: "RAM code in lower case, the part of an action before the colon, e.g. `ecs`." })
  get code(): string {
    return this.row.code;
  }

  @Field(() => String, { description: "Name of the product; the code where no page names it." })
  get name(): string {
    return this.row.name;
  }

  @Field(() => GranularityEnum, {
    nullable: true,
    description: "How finely access can be granted; null if not stated.",
  })
  get granularity(): Granularity | undefined {
    return this.row.granularity;
  }
}

/** The service of a code; codes that only policies name are services too. */
export function serviceOf(snapshot: Snapshot, code: string): ServiceType {
  return new ServiceType(snapshot, snapshot.catalog.services.get(serviceKey(code)) ?? { code, name: code });
}

export const ServiceConnection = connectionType("Service", () => ServiceType);
