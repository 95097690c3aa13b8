import type { Inventory } from "../inventory/inventory.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Source } from "../inventory/source.js";
import { addCarrier, type CarrierList, type CarrierLists, emptyCarriers, KEY_HASH } from "./carrier-list.js";
import { AccountEntity, GroupEntity, RoleEntity, UserEntity } from "./entities/account.entity.js";
import { PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";
import { groupBy } from "./group-by.js";
import type { SeenAccounts } from "./seen-accounts.js";
import type { Scope } from "./table-content.js";

interface AccountFacts extends Pick<Inventory, "accounts" | "users" | "groups" | "roles" | "policies"> {
  readonly carriers: CarrierLists;
}

/**
 * Accounts, who is in them, and policies; with lists of who can carry policies.
 * @param onPolicies told of the policies while the rest is still being read
 */
export async function readAccountFacts(
  reader: FactReader,
  sources: readonly Source[],
  seen: SeenAccounts,
  onPolicies: (policies: Inventory["policies"]) => void,
): Promise<AccountFacts> {
  const carriers = emptyCarriers();
  const policies = await readPolicies(reader, {
    policies: seen.inAccount("coalesce(account_id, '')"),
    versions: seen.inAccount("split_part(policy_id, ':', 3)"),
  });
  onPolicies(policies);
  return {
    accounts: await readAccounts(reader, sources),
    users: await readUsers(reader, seen, carriers.users),
    groups: await readGroups(reader, seen, carriers.groups),
    roles: await readRoles(reader, seen, carriers.roles),
    policies,
    carriers,
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

async function readUsers(
  { readRows }: FactReader,
  seen: SeenAccounts,
  carriers: CarrierList,
): Promise<Inventory["users"]> {
  const share = sharing();
  return await readRows(
    UserEntity,
    ({ id, accountId, name, userId, hash }) => {
      addCarrier(carriers, id, hash);
      const account = share(accountId);
      return userId === null ? { accountId: account, name } : { accountId: account, name, userId };
    },
    seen.inAccount("account_id"),
    KEY_HASH,
  );
}

async function readGroups(
  { readRows }: FactReader,
  seen: SeenAccounts,
  carriers: CarrierList,
): Promise<Inventory["groups"]> {
  const share = sharing();
  return await readRows(
    GroupEntity,
    ({ id, accountId, name, hash }) => {
      addCarrier(carriers, id, hash);
      return { accountId: share(accountId), name };
    },
    seen.inAccount("account_id"),
    KEY_HASH,
  );
}

async function readRoles(
  { readRows }: FactReader,
  seen: SeenAccounts,
  carriers: CarrierList,
): Promise<Inventory["roles"]> {
  const share = sharing();
  return await readRows(
    RoleEntity,
    ({ id, accountId, name, roleId, description, trustPolicy, maxSessionDuration, serviceName, sourceKey, hash }) => {
      addCarrier(carriers, id, hash);
      return {
        accountId: share(accountId),
        name,
        sourceKey: share(sourceKey),
        ...(roleId === null ? {} : { roleId }),
        ...(description === null ? {} : { description }),
        ...(trustPolicy === null ? {} : { trustPolicy: share(trustPolicy) }),
        ...(maxSessionDuration === null ? {} : { maxSessionDuration }),
        ...(serviceName === null ? {} : { serviceName: share(serviceName) }),
      };
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

/** One text for all rows that say the same: thousands of roles trust one service. */
function sharing(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text);
    if (same === undefined) known.set(text, text);
    return same ?? text;
  };
}
