import type { Inventory } from "../inventory/inventory.js";
import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import type { Policy, PolicyVersion } from "../inventory/policy.js";
import type { Source } from "../inventory/source.js";
import { addCarrier, type CarrierList, type CarrierLists, emptyCarriers, KEY_HASH } from "./carrier-list.js";
import { AccountEntity, GroupEntity } from "./entities/account.entity.js";
import { PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import type { Row } from "./entities/row.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";
import { readRoles } from "./read-roles.js";
import { readUsers } from "./read-users.js";
import type { SeenAccounts } from "./seen-accounts.js";
import { sharing } from "./sharing.js";
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

/**
 * Policies with their versions.
 * @param where a condition for their ids, and the same for the versions'
 */
export async function readPolicies(
  { readRows }: FactReader,
  where: { readonly policies: Scope; readonly versions: Scope },
): Promise<Inventory["policies"]> {
  const share = sharing();
  // Put together as they come: tens of thousands, gone through once more, would be a stall.
  const versions = new Map<Key, PolicyVersion[]>();
  const addVersion = (row: Row<PolicyVersionEntity>) => {
    const own = versions.get(row.policyId);
    if (own === undefined) versions.set(row.policyId, [versionOf(row)]);
    else own.push(versionOf(row));
  };
  await readRows(PolicyVersionEntity, addVersion, where.versions);
  return await readRows(
    PolicyEntity,
    (row) => policyOf(row, share(row.sourceKey), versions.get(row.id) ?? []),
    where.policies,
  );
}

function policyOf(
  { type, accountId, name, description, isHighRisk, service }: Row<PolicyEntity>,
  sourceKey: string,
  versions: readonly PolicyVersion[],
): Policy {
  return {
    type,
    ...(accountId === null ? {} : { accountId }),
    name,
    ...(description === null ? {} : { description }),
    isHighRisk,
    ...(service === null ? {} : { service }),
    sourceKey,
    versions,
  };
}

function versionOf({ versionId, isDefault, documentText, createdAt }: Row<PolicyVersionEntity>): PolicyVersion {
  return {
    versionId,
    isDefault,
    ...(documentText === null ? {} : { documentText }),
    ...(createdAt === null ? {} : { createdAt }),
  };
}
