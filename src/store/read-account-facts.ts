import type { Inventory } from "../inventory/inventory.js";
import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import type { Membership } from "../inventory/principal.js";
import type { Source } from "../inventory/source.js";
import { type CarrierHashes, KEY_HASH } from "./carrier-hashes.js";
import { AccountEntity, GroupEntity, MembershipEntity, RoleEntity, UserEntity } from "./entities/account.entity.js";
import { PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";
import { groupBy } from "./group-by.js";
import type { SeenAccounts } from "./seen-accounts.js";
import type { Scope } from "./table-content.js";

interface AccountFacts extends Pick<Inventory, "accounts" | "users" | "groups" | "memberships" | "roles" | "policies"> {
  readonly hashes: CarrierHashes;
}

/** Accounts, who is in them, and policies; with hashes of the keys of who can carry policies. */
export async function readAccountFacts(
  reader: FactReader,
  sources: readonly Source[],
  seen: SeenAccounts,
): Promise<AccountFacts> {
  const hashes: CarrierHashes = { groups: [], roles: [], users: [] };
  return {
    accounts: await readAccounts(reader, sources),
    ...(await readMembers(reader, seen, hashes)),
    roles: await readRoles(reader, seen, hashes),
    policies: await readPolicies(reader, {
      policies: seen.inAccount("coalesce(account_id, '')"),
      versions: seen.inAccount("split_part(policy_id, ':', 3)"),
    }),
    hashes,
  };
}

/** Accounts, with the time of their last import. */
export async function readAccounts(
  { readRows }: FactReader,
  sources: readonly Source[],
): Promise<Inventory["accounts"]> {
  const importedAt = new Map(sources.map((source) => [source.key, source.importedAt]));
  const accounts = await readRows(AccountEntity, (row) => {
    const instant = importedAt.get(row.sourceKey ?? "");
    return { ...factOf(row, "sourceKey"), ...(instant === undefined ? {} : { importedAt: instant }) };
  });
  return accounts.filter(({ id }) => id !== CATALOG_ACCOUNT);
}

async function readMembers(
  { readRows }: FactReader,
  seen: SeenAccounts,
  hashes: CarrierHashes,
): Promise<Pick<Inventory, "users" | "groups" | "memberships">> {
  const share = sharing();
  const [userNames, groupNames] = [new Map<Key, string>(), new Map<Key, string>()];
  const users = await readRows(
    UserEntity,
    ({ id, accountId, name, userId, hash }) => {
      hashes.users.push(hash);
      userNames.set(id, name);
      return { accountId: share(accountId), name, ...(userId === null ? {} : { userId }) };
    },
    seen.inAccount("account_id"),
    KEY_HASH,
  );
  const groups = await readRows(
    GroupEntity,
    ({ id, accountId, name, hash }) => {
      hashes.groups.push(hash);
      groupNames.set(id, name);
      return { accountId: share(accountId), name };
    },
    seen.inAccount("account_id"),
    KEY_HASH,
  );
  const memberships = await readRows(
    MembershipEntity,
    ({ groupId, userId }): Membership | undefined => {
      const [group, user] = [groupNames.get(groupId), userNames.get(userId)];
      // Foreign keys see to it that both are there.
      if (group === undefined || user === undefined) return undefined;
      return { accountId: share(accountOf(userId)), group, user };
    },
    seen.inAccount("split_part(user_id, ':', 2)"),
  );
  return { users, groups, memberships: memberships.flatMap((membership) => membership ?? []) };
}

async function readRoles(
  { readRows }: FactReader,
  seen: SeenAccounts,
  hashes: CarrierHashes,
): Promise<Inventory["roles"]> {
  const share = sharing();
  return await readRows(
    RoleEntity,
    (row) => {
      hashes.roles.push(row.hash);
      const { trustPolicy, ...role } = factOf(row, "id", "hash");
      const texts = { accountId: share(role.accountId), sourceKey: share(role.sourceKey) };
      return { ...role, ...texts, ...(trustPolicy === undefined ? {} : { trustPolicy: share(trustPolicy) }) };
    },
    seen.inAccount("account_id"),
    KEY_HASH,
  );
}

/**
 * Policies with their versions.
 * @param where a condition for their ids, and the same for the versions'
 */
export async function readPolicies(
  { readRows }: FactReader,
  where: { readonly policies: Scope; readonly versions: Scope },
): Promise<Inventory["policies"]> {
  const share = sharing();
  const versions = groupBy(
    await readRows(PolicyVersionEntity, (row) => row, where.versions),
    ({ policyId }) => policyId,
  );
  return await readRows(
    PolicyEntity,
    (row) => {
      const policy = factOf(row, "id");
      return {
        ...policy,
        sourceKey: share(policy.sourceKey),
        versions: (versions.get(row.id) ?? []).map((version) => factOf(version, "policyId")),
      };
    },
    where.policies,
  );
}

/** The second part of a key. */
const accountOf = (key: Key) => key.split(":", 2)[1] ?? "";

/** One text for all rows that say the same: thousands of roles trust one service. */
function sharing(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text);
    if (same === undefined) known.set(text, text);
    return same ?? text;
  };
}
