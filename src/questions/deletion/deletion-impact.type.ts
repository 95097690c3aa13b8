import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../../grants/snapshot.js";
import { enumType } from "../../graphql/enum-type.js";
import type { Role } from "../../inventory/principal.js";
import type { DeletionVerdict } from "./deletion-verdict.js";
import { type RoleDeletion, roleDeletion } from "./role-deletion.js";

export const DeletionVerdictEnum = enumType<DeletionVerdict>("DeletionVerdict", "What deleting a role does.", {
  SAFE: "Nothing is lost.",
  BREAKS_FEATURES: "Features or access are lost.",
  BLOCKED_UNTIL_RESOURCES_REMOVED: "Its page names resources to delete first.",
  UNDETERMINED: "What is lost hangs on facts that are not known.",
});

@ObjectType("DeletionImpact", {
  simpleResolvers: true,
  description: "What is lost if a role goes, what must go first, who can delete it, and whether it comes back.",
})
export class DeletionImpactType {
  /** Tells the lists below two roles apart. */
  readonly id: string;
  readonly deletion: RoleDeletion;

  constructor(
    readonly snapshot: Snapshot,
    readonly role: Role,
  ) {
    this.id = `deletion:${role.accountId}:${role.name}`;
    this.deletion = roleDeletion(snapshot, role);
  }

  @Field(() => [String], {
    description:
      "What stops working: of a service-linked role as its page says, else what the page says it is for; of others the services that can no longer use it.",
  })
  get lostFeatures(): readonly string[] {
    return this.deletion.lostFeatures;
  }

  @Field(() => [String], { description: "What its page says must be deleted before the role can be." })
  get mustRemoveFirst(): readonly string[] {
    return this.deletion.mustRemoveFirst;
  }

  @Field(() => Boolean, {
    description:
      "True where it comes back by itself: its service makes a service-linked role again when it is needed next, for somebody who may have it made.",
  })
  get canBeRecreated(): boolean {
    return this.deletion.canBeRecreated;
  }
}
