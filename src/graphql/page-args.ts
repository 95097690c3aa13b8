import { ArgsType, Field, Int } from "type-graphql";

/** Arguments of lists that are read from front to back. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, { nullable: true, defaultValue: 25, description: "How many entries from the front, 1 to 100." })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor of the entry behind which the page begins." })
  readonly after?: string | null;
}

/** Arguments of lists that can be read from either end. */
@ArgsType()
export class PageArgs extends ForwardArgs {
  @Field(() => Int, { nullable: true, description: "How many entries from the end, 1 to 100; not with `first`." })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor of the entry in front of which the page ends." })
  readonly before?: string | null;
}
