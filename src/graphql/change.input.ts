import { Field, ID, InputType } from "type-graphql";

@InputType("AttachmentInput", {
  description: "A policy and who carries it. Without `resourceGroupId` the scope is the account.",
})
export class AttachmentInput {
  @Field(() => ID, { description: "Global id or ARN of a system or custom policy." })
  readonly policy: string;

  @Field(() => ID, { description: "Global id or ARN of a user, group or role." })
  readonly principal: string;

  @Field(() => String, {
    nullable: true,
    description: "Resource group that the attachment is limited to, e.g. `rg-acfmxazb4ph`.",
  })
  readonly resourceGroupId?: string | null;
}

@InputType("PolicyInput", { description: "A custom policy as it would be: a new one, or a new default version." })
export class PolicyInput {
  @Field(() => String, { description: "Its name: 1 to 128 letters, digits and hyphens. Letter case does not count." })
  readonly name: string;

  @Field(() => String, { description: "Id of the imported account that it belongs to." })
  readonly accountId: string;

  @Field(() => String, {
    description: "The document as JSON text, at most 16,384 characters. What cannot be read of it is a finding.",
  })
  readonly document: string;
}

@InputType("RoleInput", { description: "A role as it would be: a new one that carries nothing yet, or another trust." })
export class RoleInput {
  @Field(() => String, {
    description: "Its name: 1 to 64 letters, digits, dots, hyphens and underscores. Letter case does not count.",
  })
  readonly name: string;

  @Field(() => String, { description: "Id of the imported account that it belongs to." })
  readonly accountId: string;

  @Field(() => String, {
    description: "Who may assume it: the trust policy as JSON text, at most 16,384 characters.",
  })
  readonly trustPolicy: string;
}

@InputType("ChangeInput", { description: "One hypothetical edit. Give exactly one field; nothing is ever stored." })
export class ChangeInput {
  @Field(() => AttachmentInput, {
    nullable: true,
    description: "Attach a policy; one that is attached already stays as it is.",
  })
  readonly attachPolicy?: AttachmentInput | null;

  @Field(() => AttachmentInput, { nullable: true, description: "Take an attachment away, which must be there." })
  readonly detachPolicy?: AttachmentInput | null;

  @Field(() => PolicyInput, {
    nullable: true,
    description: "Make a custom policy, or give the one of that name a new default version.",
  })
  readonly putPolicy?: PolicyInput | null;

  @Field(() => ID, {
    nullable: true,
    description: "Delete a custom or control policy, by global id or ARN, with all of its attachments.",
  })
  readonly deletePolicy?: string | null;

  @Field(() => RoleInput, {
    nullable: true,
    description: "Make a role, or give the one of that name another trust policy.",
  })
  readonly putRole?: RoleInput | null;

  @Field(() => ID, {
    nullable: true,
    description: "Delete a role, by global id or ARN, with its attachments.",
  })
  readonly deleteRole?: string | null;
}
