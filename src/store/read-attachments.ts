import { type AttachmentColumns, ColumnsBuilder } from "../inventory/attachment-columns.js";
import { compareBytes } from "../inventory/byte-order.js";
import type { Key } from "../inventory/keys.js";
import { type CarrierLists, type CarrierPlaces, hashSql } from "./carrier-list.js";
import { AttachmentEntity } from "./entities/policy.entity.js";
import type { FactReader } from "./fact-reader.js";
import { secondsSince1970 } from "./instant-bytes.js";
import type { SeenAccounts } from "./seen-accounts.js";

/** All attachments of one policy, a value of each in the same order. */
export interface PolicyRows {
  readonly policy: Key;
  readonly carriers: Uint8Array;
  readonly instants: Uint8Array;
  readonly scopes: readonly string[];
}

/** How many policies come at once, with all who carry them. */
const POLICIES = 200;

/** Where the server has no instant; no instant that it takes has this value. */
const NO_INSTANT = "int8send((-9223372036854775808)::bigint)";

const SQL = (from: string, condition: string) => `
  SELECT policy_id AS policy,
         string_agg(int8send(${hashSql("principal_id")}), ''::bytea) AS carriers,
         string_agg(coalesce(timestamptz_send(attached_at), ${NO_INSTANT}), ''::bytea) AS instants,
         json_agg(resource_group_id) AS scopes
  FROM ${from} WHERE ${condition} GROUP BY policy_id ORDER BY policy_id`;

/** Reads attachments, put together by the server into a few values for each policy, in the order of bytes of policies' keys. */
export async function readAttachments({ visitRows }: FactReader, seen: SeenAccounts): Promise<readonly PolicyRows[]> {
  const read: PolicyRows[] = [];
  const { sql, parameters } = seen.inAccount("split_part(principal_id, ':', 2)");
  await visitRows<PolicyRows>(
    AttachmentEntity,
    (from) => SQL(from, sql),
    (rows) => read.push(rows),
    parameters,
    POLICIES,
  );
  return read;
}

/**
 * Makes columns of attachments as they were read, policy by policy.
 * @param policies keys of all policies, in the order in which the columns shall have them: that of bytes
 * @param carriers all groups, roles and users, and where each stands
 */
export function* placeAttachments(
  read: readonly PolicyRows[],
  policies: readonly Key[],
  carriers: CarrierLists & { readonly placeOf: CarrierPlaces },
): Generator<undefined, AttachmentColumns, undefined> {
  const count = read.reduce((sum, { scopes }) => sum + scopes.length, 0);
  const placing = {
    builder: new ColumnsBuilder(policies.length, count),
    placeOf: carriers.placeOf,
    carriers: new Int32Array(read.reduce((most, { scopes }) => Math.max(most, scopes.length), 0)),
  };
  const placeOf = new Map(policies.map((key, place) => [key, place]));
  for (const rows of read) {
    const place = placeOf.get(rows.policy);
    if (place === undefined) throw new Error(`attachments of \`${rows.policy}\` have no policy`);
    addRows(placing, place, rows);
    yield undefined;
  }
  return placing.builder.build(carriers.groups.keys.concat(carriers.roles.keys, carriers.users.keys));
}

interface Placing {
  readonly builder: ColumnsBuilder;
  readonly placeOf: CarrierPlaces;
  /** Room for those of one policy, used again for the next. */
  readonly carriers: Int32Array;
}

function addRows({ builder, placeOf, carriers }: Placing, place: number, rows: PolicyRows): void {
  const { scopes } = rows;
  const [hashes, instants] = [viewOf(rows.carriers), viewOf(rows.instants)];
  let isRising = true;
  for (let row = 0; row < scopes.length; row++) {
    const carrier = placeOf(hashes.getUint32(row * 8), hashes.getUint32(row * 8 + 4));
    carriers[row] = carrier;
    isRising &&= row === 0 || (carriers[row - 1] ?? 0) < carrier;
  }
  const order = isRising ? undefined : sorting(carriers, scopes);
  for (let at = 0; at < scopes.length; at++) {
    const row = order?.[at] ?? at;
    const carrier = carriers[row] ?? -1;
    // Nobody carries it whom the reader sees: a row of no user, group or role can be written by hand only.
    if (carrier !== -1) builder.add(place, carrier, scopes[row] ?? "", secondsSince1970(instants, row * 8));
  }
}

/** The server may give rows in any order: how to read them in that of carriers and scopes. */
function sorting(carriers: Int32Array, scopes: readonly string[]): readonly number[] {
  const compare = (a: number, b: number) =>
    (carriers[a] ?? 0) - (carriers[b] ?? 0) || compareBytes(scopes[a] ?? "", scopes[b] ?? "");
  return [...scopes.keys()].sort(compare);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
