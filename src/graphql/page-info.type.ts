import { Field, ObjectType } from "type-graphql";

@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page of a list begins and ends." })
export class PageInfo {
  @Field(() => Boolean, { description: "True when the list goes on behind this page." })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: "True when the list has entries before this page." })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first entry; give it as `before` to page back." })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last entry; give it as `after` to page on." })
  readonly endCursor: string | null;
}
