import type { Inventory } from "../inventory/inventory.js";
import { CATALOG_ACCOUNT, type Key } from "../inventory/keys.js";
import type { Membership } from "../inventory/principal.js";
import type { Source } from "../inventory/source.js";
import { AccountEntity, GroupEntity, MembershipEntity, RoleEntity, UserEntity } from "./entities/account.entity.js";
import { AttachmentEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { factOf } from "./fact-of.js";
import { groupBy } from "./group-by.js";
import type { ReadRows } from "./read-rows.js";

type AccountFacts = Pick<
  Inventory,
  "accounts" | "users" | "groups" | "memberships" | "roles" | "policies" | "attachments"
>;

/** Accounts, who is in them, and policies with what they are attached to. */
export async function readAccountFacts(readRows: ReadRows, sources: readonly Source[]): Promise<AccountFacts> {
  const roles = await readRows(RoleEntity);
  return {
    accounts: await readAccounts(readRows, sources),
    ...(await readMembers(readRows)),
    roles: roles.map((row) => factOf(row, "id")),
    policies: await readPolicies(readRows),
    attachments: await readAttachments(readRows),
  };
}

async function readAccounts(readRows: ReadRows, sources: readonly Source[]): Promise<Inventory["accounts"]> {
  const importedAt = new Map(sources.map((source) => [source.key, source.importedAt]));
  const rows = await readRows(AccountEntity);
  return rows
    .filter(({ id }) => id !== CATALOG_ACCOUNT)
    .map((row) => {
      const instant = importedAt.get(row.sourceKey ?? "");
      return { ...factOf(row, "sourceKey"), ...(instant === undefined ? {} : { importedAt: instant }) };
    });
}

async function readMembers(readRows: ReadRows): Promise<Pick<Inventory, "users" | "groups" | "memberships">> {
  const users = new Map((await readRows(UserEntity)).map((row) => [row.id, row]));
  const groups = new Map((await readRows(GroupEntity)).map((row) => [row.id, row]));
  const memberships = await readRows(MembershipEntity);
  return {
    users: [...users.values()].map((row) => factOf(row, "id")),
    groups: [...groups.values()].map((row) => factOf(row, "id")),
    // Foreign keys see to it that both are there.
    memberships: memberships.flatMap(({ groupId, userId }): readonly Membership[] => {
      const [group, user] = [groups.get(groupId), users.get(userId)];
      if (group === undefined || user === undefined) return [];
      return [{ accountId: user.accountId, group: group.name, user: user.name }];
    }),
  };
}

async function readPolicies(readRows: ReadRows): Promise<Inventory["policies"]> {
  const versions = groupBy(await readRows(PolicyVersionEntity), ({ policyId }) => policyId);
  const rows = await readRows(PolicyEntity);
  return rows.map((row) => ({
    ...factOf(row, "id"),
    versions: (versions.get(row.id) ?? []).map((version) => factOf(version, "policyId")),
  }));
}

async function readAttachments(readRows: ReadRows): Promise<Inventory["attachments"]> {
  const rows = await readRows(AttachmentEntity);
  const known = new Map<Key, Key>();
  /** One text for all rows that name the same fact: a million rows name some thousands. */
  const share = (key: Key): Key => {
    const same = known.get(key);
    if (same === undefined) known.set(key, key);
    return same ?? key;
  };
  return rows.map(({ policyId, principalId, resourceGroupId, attachedAt }) => ({
    policy: share(policyId),
    principal: share(principalId),
    ...(resourceGroupId === "" ? {} : { resourceGroupId }),
    ...(attachedAt === null ? {} : { attachedAt }),
  }));
}
