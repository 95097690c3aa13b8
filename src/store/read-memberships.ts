import type { MembershipColumns } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import { type CarrierLists, type CarrierPlaces, hashSql } from "./carrier-list.js";
import { MembershipEntity } from "./entities/account.entity.js";
import type { FactReader } from "./fact-reader.js";
import type { SeenAccounts } from "./seen-accounts.js";

/** All members of one group. */
interface GroupRows {
  readonly group: Key;
  readonly users: Uint8Array;
}

/** Reads who is in which group, put together by the server into one value for each group; in the order of groups and users. */
export async function readMemberships(
  { visitRows }: FactReader,
  { groups, placeOf }: CarrierLists & { readonly placeOf: CarrierPlaces },
  seen: SeenAccounts,
): Promise<MembershipColumns> {
  const places = new Map(groups.keys.map((key, place) => [key, place]));
  const [groupColumn, userColumn]: [number[], number[]] = [[], []];
  const { sql, parameters } = seen.inAccount("split_part(user_id, ':', 2)");
  await visitRows<GroupRows>(
    MembershipEntity,
    (from) =>
      `SELECT group_id AS "group", string_agg(int8send(${hashSql("user_id")}), ''::bytea) AS users
       FROM ${from} WHERE ${sql} GROUP BY group_id ORDER BY group_id`,
    ({ group, users }) => {
      const place = places.get(group);
      const hashes = new DataView(users.buffer, users.byteOffset, users.byteLength);
      const members = Uint32Array.from({ length: users.byteLength / 8 }, (_, row) =>
        placeOf(hashes.getUint32(row * 8), hashes.getUint32(row * 8 + 4)),
      ).sort();
      // Foreign keys see to it that both are there.
      if (place === undefined) return;
      for (const member of members) {
        groupColumn.push(place);
        userColumn.push(member);
      }
    },
    parameters,
  );
  return { groups: Uint32Array.from(groupColumn), users: Uint32Array.from(userColumn) };
}
