import type { Inventory } from "../inventory/inventory.js";
import type { Key } from "../inventory/keys.js";
import type { User } from "../inventory/principal.js";
import { addCarriers, type CarrierList, hashSql } from "./carrier-list.js";
import { UserEntity } from "./entities/account.entity.js";
import type { FactReader } from "./fact-reader.js";
import type { SeenAccounts } from "./seen-accounts.js";
import { sharing } from "./sharing.js";

/** Some users, a list for each column. */
interface UserColumns {
  readonly keys: readonly Key[];
  readonly accountIds: readonly string[];
  readonly names: readonly string[];
  readonly userIds: readonly (string | null)[];
  readonly hashes: Uint8Array;
}

/** How many users one row of the answer stands for, and how many such rows come at once. */
const [USERS, BATCH] = [500, 8];

const SQL = (from: string, condition: string) => `
  SELECT json_agg(id ORDER BY number) AS keys,
         json_agg(account_id ORDER BY number) AS "accountIds",
         json_agg(name ORDER BY number) AS names,
         json_agg(user_id ORDER BY number) AS "userIds",
         string_agg(int8send(${hashSql("id")}), ''::bytea ORDER BY number) AS hashes
  FROM (SELECT id, account_id, name, user_id, row_number() OVER (ORDER BY id) - 1 AS number
        FROM ${from} WHERE ${condition}) AS numbered
  GROUP BY number / ${USERS} ORDER BY number / ${USERS}`;

/**
 * Reads users in the order of their keys. There may be hundreds of thousands, so the server puts the columns of many together into one
 * value each: a value of its own for every name costs either side more than the name.
 *
 * @param carriers gets their keys and hashes
 */
export async function readUsers(
  { visitRows }: FactReader,
  seen: SeenAccounts,
  carriers: CarrierList,
): Promise<Inventory["users"]> {
  const users: User[] = [];
  const share = sharing();
  const { sql, parameters } = seen.inAccount("account_id");
  await visitRows<UserColumns>(
    UserEntity,
    (from) => SQL(from, sql),
    ({ keys, accountIds, names, userIds, hashes }) => {
      addCarriers(carriers, keys, hashes);
      for (const [at, name] of names.entries()) {
        const [accountId, userId] = [share(accountIds[at] ?? ""), userIds[at] ?? null];
        users.push(userId === null ? { accountId, name } : { accountId, name, userId });
      }
    },
    parameters,
    BATCH,
  );
  return users;
}
