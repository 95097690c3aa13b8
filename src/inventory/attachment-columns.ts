import type { Attachment } from "./attachment.js";
import type { Inventory } from "./inventory.js";
import { keyOfPolicy } from "./key-of-policy.js";
import { groupKey, type Key, roleKey, userKey } from "./keys.js";
import type { SourceFinding } from "./source.js";

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
  /** Keys of all carriers by place; those at the end are of no user, group or role. The store has none of these. */
  readonly carrierKeys: readonly Key[];
}

/** Who is in which group, by places of carriers, in the order of groups. */
export interface MembershipColumns {
  readonly groups: Uint32Array;
  readonly users: Uint32Array;
}

/** An inventory with its attachments and memberships as numbers. */
export interface Facts extends Omit<Inventory, "attachments" | "memberships"> {
  readonly attachments: AttachmentColumns;
  readonly memberships: MembershipColumns;
  /** Those of the findings that no source told: they came of taking all sources together. */
  readonly derivedFindings: readonly SourceFinding[];
}

/** The instant of a row: seconds since 1970, or text where these cannot say it; undefined where nobody knows. */
export function secondsAt({ attachedAt, oddInstants }: AttachmentColumns, row: number): number | string | undefined {
  const seconds = attachedAt[row] ?? Number.NaN;
  return Number.isNaN(seconds) ? oddInstants.get(row) : seconds;
}

/** RFC 3339 text of whole seconds since 1970. */
export function secondsText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");
}

/** Seconds since 1970 where they say exactly what an instant's text says, else the text. */
function instantOf(text: string): number | string {
  const seconds = Date.parse(text) / 1_000;
  return Number.isInteger(seconds) && secondsText(seconds) === text ? seconds : text;
}

/** Rows as they come, one policy after the other. */
export class ColumnsBuilder {
  private readonly start: Uint32Array;
  private readonly scopeOf = new Map([["", 0]]);
  private readonly oddInstants = new Map<number, string>();
  private readonly carriers: Uint32Array;
  private readonly scopes: Uint32Array;
  private readonly attachedAt: Float64Array;
  private count = 0;
  private policy = 0;

  /**
   * @param policies how many there are
   * @param rows how many there are at most: lists that grow cost more than what is put into them
   */
  constructor(policies: number, rows: number) {
    this.start = new Uint32Array(policies + 1);
    this.carriers = new Uint32Array(rows);
    this.scopes = new Uint32Array(rows);
    this.attachedAt = new Float64Array(rows);
  }

  /**
   * @param policy its place, at least that of the row before
   * @param instant seconds since 1970, or what these cannot say, as it is written
   */
  add(policy: number, carrier: number, scope: string, instant: number | string | undefined): void {
    if (policy < this.policy) throw new Error("attachments come in the order of policies");
    if (policy > this.policy) this.reach(policy);
    if (this.count === this.carriers.length) throw new Error("there are more attachments than room was made for");
    const row = this.count++;
    this.carriers[row] = carrier;
    this.scopes[row] = scope === "" ? 0 : numberIn(this.scopeOf, scope);
    this.attachedAt[row] = typeof instant === "number" ? instant : Number.NaN;
    if (typeof instant === "string") this.oddInstants.set(row, instant);
  }

  /** @param carrierKeys of all carriers by place */
  build(carrierKeys: readonly Key[]): AttachmentColumns {
    this.reach(this.start.length - 1);
    return {
      start: this.start,
      carriers: this.carriers.subarray(0, this.count),
      scopes: this.scopes.subarray(0, this.count),
      scopeNames: [...this.scopeOf.keys()],
      attachedAt: this.attachedAt.subarray(0, this.count),
      oddInstants: this.oddInstants,
      carrierKeys,
    };
  }

  private reach(policy: number): void {
    while (this.policy < policy) this.start[++this.policy] = this.count;
  }
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
  const carriers = new Map(carrierKeys(inventory).map((key, place) => [key, place]));
  return {
    ...inventory,
    attachments: fill(rowsOf, inventory, carriers),
    memberships: membershipColumns(inventory, carriers),
    derivedFindings: [],
  };
}

function fill(
  rowsOf: readonly (readonly Attachment[])[],
  inventory: Inventory,
  carrierOf: ReadonlyMap<Key, number>,
): AttachmentColumns {
  const keys = carrierKeys(inventory);
  const strayOf = new Map<Key, number>();
  const builder = new ColumnsBuilder(rowsOf.length, inventory.attachments.length);
  for (const [place, rows] of rowsOf.entries()) {
    for (const { principal, resourceGroupId = "", attachedAt } of rows) {
      const carrier = carrierOf.get(principal) ?? keys.length + numberIn(strayOf, principal);
      builder.add(place, carrier, resourceGroupId, attachedAt === undefined ? undefined : instantOf(attachedAt));
    }
  }
  return builder.build([...keys, ...strayOf.keys()]);
}

/** Memberships of those who are not there are left out; the store has none. */
function membershipColumns({ memberships }: Inventory, carrierOf: ReadonlyMap<Key, number>): MembershipColumns {
  const pairs = memberships.flatMap(({ accountId, group, user }) => {
    const [from, to] = [carrierOf.get(groupKey(accountId, group)), carrierOf.get(userKey(accountId, user))];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
  return { groups: Uint32Array.from(pairs, ([group]) => group), users: Uint32Array.from(pairs, ([, user]) => user) };
}

function carrierKeys({ groups, roles, users }: Inventory): readonly Key[] {
  return [
    ...groups.map(({ accountId, name }) => groupKey(accountId, name)),
    ...roles.map(({ accountId, name }) => roleKey(accountId, name)),
    ...users.map(({ accountId, name }) => userKey(accountId, name)),
  ];
}

/** The number of a text; a new one gets the next. */
function numberIn(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const next = numbers.size;
  numbers.set(text, next);
  return next;
}
