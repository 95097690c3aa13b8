import { ACCOUNT, type Files } from "./export-folder.js";

export const DIRECTORY = "rd-1";
export const ROOT = "r-1";
export const MEMBER = "2000000000000002";

export function directory(more: object = {}): Files {
  const ResourceDirectory = {
    ResourceDirectoryId: DIRECTORY,
    RootFolderId: ROOT,
    MasterAccountId: ACCOUNT,
    ControlPolicyStatus: "Enabled",
    ...more,
  };
  return { "resourcemanager.GetResourceDirectory.json": { ResourceDirectory } };
}

export function folders(parent: string, ...ids: readonly string[]): Files {
  const Folder = ids.map((FolderId) => ({ FolderId, FolderName: `name of ${FolderId}` }));
  return { [`resourcemanager.ListFoldersForParent.${parent}.json`]: { Folders: { Folder } } };
}

export function members(parent: string, ...rows: readonly (string | object)[]): Files {
  const Account = rows.map((row) => (typeof row === "string" ? { AccountId: row, FolderId: parent } : row));
  return { [`resourcemanager.ListAccountsForParent.${parent}.json`]: { Accounts: { Account } } };
}

export function controlPolicy(PolicyName: string, PolicyId: string, more: object = {}): Files {
  const ControlPolicy = { PolicyId, PolicyName, PolicyType: "Custom", EffectScope: "RAM", ...more };
  return { [`resourcemanager.GetControlPolicy.${PolicyId}.json`]: { ControlPolicy } };
}

export function hung(target: string, ...rows: readonly object[]): Files {
  const ControlPolicyAttachment = rows.map((row) => ({ PolicyType: "Custom", ...row }));
  return {
    [`resourcemanager.ListControlPolicyAttachmentsForTarget.${target}.json`]: {
      ControlPolicyAttachments: { ControlPolicyAttachment },
    },
  };
}

/** A directory of one folder and one member, without control policies, of which nothing is missing. */
export const SMALL: Files = {
  ...directory(),
  ...folders(ROOT, "fd-a"),
  ...folders("fd-a"),
  ...members(ROOT),
  ...members("fd-a", MEMBER),
  ...hung(ROOT),
  ...hung("fd-a"),
  ...hung(MEMBER),
};
