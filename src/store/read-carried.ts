import type { Attachment } from "../inventory/attachment.js";
import type { Changed, InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { groupKey, type Key, roleKey, userKey } from "../inventory/keys.js";
import type { Policy } from "../inventory/policy.js";
import type { Membership } from "../inventory/principal.js";
import type { ChangeReader } from "./change-reader.js";
import { changedBy } from "./changed-by.js";
import { GroupEntity, MembershipEntity, RoleEntity, UserEntity } from "./entities/account.entity.js";
import { AttachmentEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import type { Row } from "./entities/row.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";
import { readPolicies } from "./read-account-facts.js";

/** How policies, and who carries them, changed. */
export interface Carried {
  readonly change: InventoryChange;
  /** The same with every role as it was before as one that is gone. */
  readonly stated: InventoryChange;
}

export async function readCarried({ begun, ended }: ChangeReader, reader: FactReader): Promise<Carried> {
  const [roles, formerRoles] = [await begun(RoleEntity, roleOf), await ended(RoleEntity, roleOf)];
  const change = {
    users: changedBy(await begun(UserEntity, userOf), await ended(UserEntity, userOf), keyIn(userKey)),
    groups: changedBy(await begun(GroupEntity, groupOf), await ended(GroupEntity, groupOf), keyIn(groupKey)),
    roles: changedBy(roles, formerRoles, keyIn(roleKey)),
    memberships: changedBy(
      await begun(MembershipEntity, membershipOf),
      await ended(MembershipEntity, membershipOf),
      ({ accountId, group, user }) => JSON.stringify([accountId, group, user]),
    ),
    attachments: changedBy(
      await begun(AttachmentEntity, attachmentOf),
      await ended(AttachmentEntity, attachmentOf),
      ({ policy, principal, resourceGroupId }) => JSON.stringify([policy, principal, resourceGroupId]),
    ),
    policies: await readChangedPolicies({ begun, ended }, reader),
  };
  return { change, stated: { ...change, roles: { put: roles, gone: formerRoles } } };
}

const userOf = (row: Row<UserEntity>) => factOf(row, "id");
const groupOf = (row: Row<GroupEntity>) => factOf(row, "id");
const roleOf = (row: Row<RoleEntity>) => factOf(row, "id");

type KeyIn = (accountId: string, name: string) => Key;

const keyIn =
  (key: KeyIn) =>
  ({ accountId, name }: { readonly accountId: string; readonly name: string }): Key =>
    key(accountId, name);

/** Keys hold names in lower case, which is all that look-ups by key need. */
function membershipOf({ groupId, userId }: Row<MembershipEntity>): Membership {
  const [, accountId = "", group = ""] = /^group:([^:]*):(.*)$/s.exec(groupId) ?? [];
  const [, , user = ""] = /^user:([^:]*):(.*)$/s.exec(userId) ?? [];
  return { accountId, group, user };
}

function attachmentOf({ policyId, principalId, resourceGroupId, attachedAt }: Row<AttachmentEntity>): Attachment {
  return {
    policy: policyId,
    principal: principalId,
    ...(resourceGroupId === "" ? {} : { resourceGroupId }),
    ...(attachedAt === null ? {} : { attachedAt }),
  };
}

/** A policy is another one also where only a version of it is. */
async function readChangedPolicies({ begun, ended }: ChangeReader, reader: FactReader): Promise<Changed<Policy>> {
  const ids = [
    ...(await begun(PolicyEntity, ({ id }) => id)),
    ...(await begun(PolicyVersionEntity, ({ policyId }) => policyId)),
    ...(await ended(PolicyVersionEntity, ({ policyId }) => policyId)),
  ];
  const former = await ended(PolicyEntity, goneOf);
  const keys = [[...new Set([...ids, ...former.map(keyOfPolicy)])]];
  if (keys[0]?.length === 0) return {};
  const put = await readPolicies(reader, {
    policies: { sql: "id = ANY($1::text[])", parameters: keys },
    versions: { sql: "policy_id = ANY($1::text[])", parameters: keys },
  });
  return changedBy(put, former, keyOfPolicy);
}

/** Of a policy that is gone its name is enough. */
function goneOf({ type, accountId, name, isHighRisk }: Row<PolicyEntity>): Policy {
  return { type, name, isHighRisk, versions: [], ...(accountId === null ? {} : { accountId }) };
}
