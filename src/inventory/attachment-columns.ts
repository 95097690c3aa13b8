import type { Attachment } from "./attachment.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { groupKey, type Key, roleKey, userKey } from "./keys.js";

/**
 * All attachments of an inventory as numbers, which is what a million of them fit into memory as. Rows of one policy stand
 * together, policies in the order of the inventory's list. Who carries a policy is told by the place in the inventory's groups, roles
 * and users, one list behind the other.
 */
export interface AttachmentColumns {
  /** Where the rows of each policy begin, by its place; one more says where the last ends. */
  readonly start: Uint32Array;
  readonly carriers: Uint32Array;
  /** Places in `scopeNames`. */
  readonly scopes: Uint32Array;
  /** Ids of resource groups; the first is the empty text, which stands for account scope. */
  readonly scopeNames: readonly string[];
  /** Seconds since 1970, or NaN where nobody knows. */
  readonly attachedAt: Float64Array;
  /** What seconds cannot say, by row: other instants, as they are written. */
  readonly oddInstants: ReadonlyMap<number, string>;
  /** Keys of carriers beyond users, groups and roles. The store has none. */
  readonly strays: readonly Key[];
}

/** An inventory with its attachments as numbers. */
export interface Facts extends Omit<Inventory, "attachments"> {
  readonly attachments: AttachmentColumns;
}

/** RFC 3339 text of whole seconds since 1970. */
export function secondsText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");
}

/** Seconds since 1970 where they say exactly what the text says, else NaN. */
export function wholeSeconds(text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds) || milliseconds % 1_000 !== 0) return Number.NaN;
  return secondsText(milliseconds / 1_000) === text ? milliseconds / 1_000 : Number.NaN;
}

/**
 * Turns attachments into columns; those of one policy keep their order.
 * @throws when an attachment names a policy that does not exist; the store's foreign keys exclude it
 */
export function columnsOf(inventory: Inventory): Facts {
  const places = new Map(inventory.policies.map((policy, place) => [keyOfPolicy(policy), place]));
  const rowsOf = Array.from(inventory.policies, (): Attachment[] => []);
  for (const row of inventory.attachments) {
    const rows = rowsOf[places.get(row.policy) ?? -1];
    if (rows === undefined)
      throw new Error(`the attachment of \`${row.policy}\` to \`${row.principal}\` has no policy`);
    rows.push(row);
  }
  return { ...inventory, attachments: fill(rowsOf, inventory) };
}

function fill(rowsOf: readonly (readonly Attachment[])[], inventory: Inventory): AttachmentColumns {
  const carrierOf = numberCarriers(inventory);
  const known = inventory.groups.length + inventory.roles.length + inventory.users.length;
  const [strayOf, scopeOf] = [new Map<Key, number>(), new Map([["", 0]])];
  const count = rowsOf.reduce((sum, rows) => sum + rows.length, 0);
  const [start, carriers] = [new Uint32Array(rowsOf.length + 1), new Uint32Array(count)];
  const [scopes, attachedAt] = [new Uint32Array(count), new Float64Array(count).fill(Number.NaN)];
  const oddInstants = new Map<number, string>();
  let at = 0;
  for (const [place, rows] of rowsOf.entries()) {
    for (const { principal, resourceGroupId = "", attachedAt: instant } of rows) {
      carriers[at] = carrierOf.get(principal) ?? known + numberIn(strayOf, principal);
      scopes[at] = numberIn(scopeOf, resourceGroupId);
      if (instant !== undefined) attachedAt[at] = wholeSeconds(instant);
      if (instant !== undefined && Number.isNaN(attachedAt[at])) oddInstants.set(at, instant);
      at++;
    }
    start[place + 1] = at;
  }
  return {
    start,
    carriers,
    scopes,
    scopeNames: [...scopeOf.keys()],
    attachedAt,
    oddInstants,
    strays: [...strayOf.keys()],
  };
}

function numberCarriers({ groups, roles, users }: Inventory): ReadonlyMap<Key, number> {
  const keys = [
    ...groups.map(({ accountId, name }) => groupKey(accountId, name)),
    ...roles.map(({ accountId, name }) => roleKey(accountId, name)),
    ...users.map(({ accountId, name }) => userKey(accountId, name)),
  ];
  return new Map(keys.map((key, place) => [key, place]));
}

/** The number of a text; a new one gets the next. */
function numberIn(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(text, next);
  return next;
}
