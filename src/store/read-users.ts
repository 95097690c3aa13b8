import type { Inventory } from "../inventory/inventory.js";
import type { Key } from "../inventory/keys.js";
import type { User } from "../inventory/principal.js";
import { addCarriers, type CarrierList } from "./carrier-list.js";
import { columnsSql } from "./columns-sql.js";
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

const COLUMNS = { keys: "id", accountIds: "account_id", names: "name", userIds: "user_id" } as const;

/** How many users one row of the answer stands for, and how many such rows come at once. */
const [TOGETHER, BATCH] = [500, 8];

/**
 * Reads users in the order of their keys.
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
    (from) => columnsSql(from, sql, TOGETHER, COLUMNS),
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
