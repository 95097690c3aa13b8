import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Attachment } from "../inventory/attachment.js";
import { attachmentKey } from "./composite-keys.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { AttachmentScopeEnum } from "./policy-enums.js";
import { DateTimeScalar } from "./scalars.js";

@ObjectType("PolicyAttachment", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A policy as it is attached to a user, group or role.",
})
export class PolicyAttachmentType extends NodeType {
  constructor(
    snapshot: Snapshot,
    readonly row: Attachment,
  ) {
    super(snapshot, attachmentKey(row));
  }

  @Field(() => AttachmentScopeEnum, {
    description: "Whether it applies in the whole account or in one resource group.",
  })
  get scope(): "ACCOUNT" | "RESOURCE_GROUP" {
    return this.row.resourceGroupId === undefined ? "ACCOUNT" : "RESOURCE_GROUP";
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The resource group; null for the whole account. A text that does not begin with `rg-` is what a source gave and is not understood: answers that the attachment could change are UNDETERMINED.",
  })
  get resourceGroupId(): string | undefined {
    return this.row.resourceGroupId;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was attached; null if not known." })
  get attachedAt(): string | undefined {
    return this.row.attachedAt;
  }
}

export const PolicyAttachmentConnection = connectionType("PolicyAttachment", () => PolicyAttachmentType);
