import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import { accountKey } from "../inventory/keys.js";
import { connectionType } from "./connection.js";
import { NodeType } from "./node.type.js";
import { DateTimeScalar } from "./scalars.js";

@ObjectType("Account", {
  simpleResolvers: true,
  implements: NodeType,
  description:
    "One account of the cloud. The account `catalog` is none: it holds the service-linked roles as the cloud's documentation " +
    "describes them, each standing for that role in whichever account owns the resource asked about.",
})
export class AccountType extends NodeType {
  @Field(() => String, { description: "Digits of the account, or `catalog`." })
  readonly accountId: string;

  constructor(snapshot: Snapshot, accountId: string) {
    super(snapshot, accountKey(accountId));
    this.accountId = accountId;
  }

  @Field(() => String, { nullable: true, description: "Name that the account chose for itself." })
  get alias(): string | undefined {
    return this.snapshot.accounts.get(this.accountId)?.alias;
  }

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was last imported; null for `catalog`." })
  get importedAt(): string | undefined {
    return this.snapshot.accounts.get(this.accountId)?.importedAt;
  }
}

export const AccountConnection = connectionType("Account", () => AccountType);
