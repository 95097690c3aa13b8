import { Field, ObjectType } from "type-graphql";
import type { Viewer } from "./request-context.js";

@ObjectType("Viewer", { simpleResolvers: true, description: "Who is asking, and what they may see." })
export class ViewerType {
  constructor(private readonly viewer: Viewer) {}

  @Field(() => String, { description: "Name of the caller; `anonymous` where nobody has to sign in." })
  get name(): string {
    return this.viewer.name;
  }

  @Field(() => [String], { nullable: true, description: "Accounts that the caller sees; null for all." })
  get accountIds(): readonly string[] | undefined {
    return this.viewer.accountIds;
  }

  @Field(() => Boolean, { description: "True when every account is open to the caller." })
  get seesAllAccounts(): boolean {
    return this.viewer.seesAllAccounts;
  }
}
