import { type DemoResponses, paged } from "./account-responses.js";
import { CONTROL_ATTACHMENTS, CONTROL_POLICIES, type DemoControlPolicy, FOLDERS, ROOT } from "./kestrel-directory.js";

const WHEN = "2026-01-05T08:00:00Z";
const DIRECTORY = "rd-Kestrl";

/** What every account of the directory is told about it. */
export function membershipResponse(managementAccountId: string): DemoResponses {
  const directory = {
    ResourceDirectoryId: DIRECTORY,
    RootFolderId: ROOT,
    MasterAccountId: managementAccountId,
    MasterAccountName: "Kestrel Coffee",
    ControlPolicyStatus: "Enabled",
  };
  return new Map([["resourcemanager.GetResourceDirectory", { ResourceDirectory: directory }]]);
}

/** What the export of the account that manages the directory holds of it besides. */
export function directoryResponses(): DemoResponses {
  return new Map<string, object>([
    ...FOLDERS.flatMap(({ id, members }) => [folders(id), accounts(id, members)]),
    ["resourcemanager.ListControlPolicies", paged("ControlPolicies", "ControlPolicy", CONTROL_POLICIES.map(rowOf))],
    ...CONTROL_POLICIES.map((policy) => {
      const row = { ...rowOf(policy), PolicyDocument: JSON.stringify(policy.document) };
      return [`resourcemanager.GetControlPolicy.${policy.id}`, { ControlPolicy: row }] as const;
    }),
    ...Object.entries(CONTROL_ATTACHMENTS).map(([target, ids]) => {
      const rows = CONTROL_POLICIES.filter(({ id }) => ids.includes(id)).map((policy) => ({
        ...rowOf(policy),
        AttachDate: WHEN,
      }));
      const response = { ControlPolicyAttachments: { ControlPolicyAttachment: rows } };
      return [`resourcemanager.ListControlPolicyAttachmentsForTarget.${target}`, response] as const;
    }),
  ]);
}

function folders(parent: string): readonly [string, object] {
  const rows = FOLDERS.filter((folder) => folder.parent === parent).map(({ id, name }) => ({
    FolderId: id,
    FolderName: name,
  }));
  return [`resourcemanager.ListFoldersForParent.${parent}`, paged("Folders", "Folder", rows)];
}

function accounts(parent: string, members: readonly string[]): readonly [string, object] {
  const rows = members.map((AccountId) => ({
    AccountId,
    DisplayName: AccountId,
    FolderId: parent,
    ResourceDirectoryId: DIRECTORY,
    Type: "ResourceAccount",
    Status: "CreateSuccess",
  }));
  return [`resourcemanager.ListAccountsForParent.${parent}`, paged("Accounts", "Account", rows)];
}

function rowOf({ id, name, type }: DemoControlPolicy): object {
  const targets = Object.values(CONTROL_ATTACHMENTS).filter((ids) => ids.includes(id));
  // The API gives this count as a text.
  return {
    PolicyId: id,
    PolicyName: name,
    PolicyType: type,
    EffectScope: "RAM",
    AttachmentCount: String(targets.length),
  };
}
