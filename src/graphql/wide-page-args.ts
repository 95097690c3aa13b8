import { ArgsType, Field, Int } from "type-graphql";
import { PageArgs } from "./page-args.js";

/** Entries that a page of a computed list may hold. */
export const MAX_WIDE_PAGE = 500;

/** Arguments of computed lists, whose pages may be longer. */
@ArgsType()
export class WidePageArgs extends PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 25, description: "How many entries from the front, 1 to 500." })
  declare readonly first?: number | null;

  @Field(() => Int, { nullable: true, description: "How many entries from the end, 1 to 500; not with `first`." })
  declare readonly last?: number | null;
}
