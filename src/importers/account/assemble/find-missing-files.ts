import type { Attachment } from "../../../inventory/attachment.js";
import { roleKey } from "../../../inventory/keys.js";
import { isLinkedRoleName } from "../../../inventory/linked-role-name.js";
import type { Group, Role, User } from "../../../inventory/principal.js";
import type { GroupedResource } from "../../../inventory/resource.js";
import { asciiLower } from "../../../policy/ascii.js";
import type { GapNote, PageMark } from "../read-file.js";
import { type HasAnswer, indexAnswers } from "./answers.js";
import { findMissingResourceFiles } from "./find-missing-resource-files.js";

export interface Listed {
  readonly users: Iterable<User>;
  readonly groups: Iterable<Group>;
  readonly roles: Iterable<Role>;
  readonly attachments: readonly Attachment[];
  readonly groupedResources: readonly GroupedResource[];
  /** Every page of ListPolicyAttachments is there. */
  readonly hasScopes: boolean;
}

/** What the folder should hold and does not. Every answer about the account has to say so. */
export function findMissingFiles(pages: readonly PageMark[], listed: Listed, accountId: string): readonly GapNote[] {
  const has = indexAnswers(pages);
  return [
    ...findMissingResourceFiles(has, listed.groupedResources, accountId),
    ...LISTS.filter(({ operations }) => !operations.some((operation) => has(operation))).map(({ operations, lack }) =>
      gapFor(operations.join(" or "), lack),
    ),
    ...[...listed.groups]
      .filter(({ name }) => !has("ram.ListUsersForGroup", name))
      .map(({ name }) => gapFor(`ram.ListUsersForGroup.${name}`, `who is in group \`${name}\` is unknown`)),
    ...[...listed.roles]
      .filter(({ trustPolicy }) => trustPolicy === undefined)
      .map(({ name }) => gapFor(`ram.GetRole.${name}`, `who may assume role \`${name}\` is unknown`)),
    ...findBareLinkedRoles(listed, accountId),
    ...(listed.hasScopes ? [] : findUnattached(listed, has)),
  ];
}

const LISTS = [
  { operations: ["ram.ListUsers"], lack: "the users are unknown" },
  { operations: ["ram.ListGroups"], lack: "the groups are unknown" },
  { operations: ["ram.ListRoles", "resourcemanager.ListRoles"], lack: "the roles are unknown" },
  { operations: ["ram.ListPolicies"], lack: "policies that nobody bears are unknown" },
  { operations: ["resourcemanager.ListPolicyAttachments"], lack: "attachments at resource group scope are unknown" },
];

/** Without the list of all attachments each principal needs its own, or each policy does, which cannot be told. */
function findUnattached({ users, groups, roles }: Listed, has: HasAnswer): readonly GapNote[] {
  const kinds = [
    { kind: "User", principals: users },
    { kind: "Group", principals: groups },
    { kind: "Role", principals: roles },
  ];
  return kinds.flatMap(({ kind, principals }) =>
    [...principals]
      .filter(({ name }) => !has(`ram.ListPoliciesFor${kind}`, name))
      .map(({ name }) =>
        gapFor(
          `ram.ListPoliciesFor${kind}.${name}`,
          `which policies ${asciiLower(kind)} \`${name}\` bears may be incomplete`,
        ),
      ),
  );
}

/** A service-linked role always has a policy, so one without is a hole in the export and not a role that may do nothing. */
function findBareLinkedRoles({ roles, attachments }: Listed, accountId: string): readonly GapNote[] {
  const bearers = new Set(attachments.map(({ principal }) => principal));
  return [...roles]
    .filter(({ name, serviceName }) => serviceName !== undefined || isLinkedRoleName(name))
    .filter(({ name }) => !bearers.has(roleKey(accountId, name)))
    .map(({ name }) => ({
      reason: "POLICY_DOCUMENT_MISSING",
      subject: name,
      detail: `\`ram.ListPoliciesForRole.${name}\` is not in the export: the policy of the service-linked role is unknown`,
    }));
}

function gapFor(subject: string, lack: string): GapNote {
  return { reason: "ACCOUNT_NOT_IMPORTED", subject, detail: `\`${subject}\` is not in the export: ${lack}` };
}
