import type { Parts } from "../grants/derived-map.js";
import { type Cursor, readCursor } from "./cursor.js";
import { refusal } from "./errors.js";
import type { ListRequest } from "./list-request.js";
import { Page } from "./page.js";
import type { PageArgs } from "./page-args.js";

/** How many entries a page may hold, unless a list says otherwise. */
const MAX_PAGE_SIZE = 100;

/** What a page is cut from. */
export interface Listing<Item, Node> {
  readonly list: ListRequest;
  readonly page: PageArgs;
  readonly revision: string;
  /** The whole list in its order. */
  readonly items: Parts<readonly Item[]>;
  /** Called for the entries of the page only. */
  readonly toNode: (item: Item, index: number) => Node;
  /** Default: `MAX_PAGE_SIZE`. */
  readonly maxPageSize?: number;
}

/**
 * Cuts a Relay page.
 * @throws GraphQLError BAD_USER_INPUT naming the argument, for sizes out of range, `first` with `last`, and cursors of
 *   another list or revision
 */
export function paginate<Item, Node>(listing: Listing<Item, Node>): Page<Node> {
  const { items, toNode, list, revision } = listing;
  checkSizes(listing);
  const { start, end } = boundsOf(listing);
  const nodes = items.slice(start, end).map((item, offset) => toNode(item, start + offset));
  return new Page(nodes, { list, revision, start, end: start + nodes.length, totalCount: items.length });
}

/** What the bounds of a page hang on. */
type Slice = Pick<Listing<unknown, unknown>, "list" | "page" | "revision" | "items">;

/** The half-open range of the page. */
function boundsOf(listing: Slice): { readonly start: number; readonly end: number } {
  const { page, items } = listing;
  const after = positionOf("after", listing);
  const before = positionOf("before", listing);
  const low = after === undefined ? 0 : after + 1;
  const high = Math.max(low, before ?? items.length);
  if (typeof page.last === "number") return { start: Math.max(low, high - page.last), end: high };
  return { start: low, end: Math.min(high, low + (page.first ?? 25)) };
}

function positionOf(argument: "after" | "before", listing: Slice): number | undefined {
  const cursor = cursorOf(argument, listing.page, listing.list);
  if (cursor === undefined) return undefined;
  if (cursor.revision !== listing.revision) {
    throw refusal(
      argument,
      `the cursor is of revision ${cursor.revision}; ask again with \`at: { revision: "${cursor.revision}" }\``,
    );
  }
  if (cursor.position < listing.items.length) return cursor.position;
  throw refusal(argument, "this is no cursor; give one that this list returned, or leave it out");
}

/** The cursor of an argument, if there is one. */
export function cursorOf(argument: "after" | "before", page: PageArgs, list: ListRequest): Cursor | undefined {
  const text = page[argument];
  return typeof text === "string" ? readCursor(argument, text, list.identity) : undefined;
}

function checkSizes({
  page,
  list,
  maxPageSize = MAX_PAGE_SIZE,
}: Pick<Listing<unknown, unknown>, "page" | "list" | "maxPageSize">): void {
  if (typeof page.last === "number" && list.isFirstGiven) {
    throw refusal("last", "`first` and `last` exclude each other; leave one out");
  }
  for (const argument of ["first", "last"] as const) {
    const size = page[argument];
    if (typeof size === "number" && (size < 1 || size > maxPageSize)) {
      throw refusal(argument, `\`${size}\` is out of range; ask for 1 to ${maxPageSize} at once`);
    }
  }
}
