import { Refused } from "../refusal.js";
import { type Row, readAccountId, readList, readName, readObject, readOptionalName, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** No id of a folder or a directory comes near. */
const ID_LIMIT = 64;

/** `resourcemanager.GetResourceDirectory`: which account manages the directory, and where its tree begins. */
export function readResourceDirectory(response: Row): readonly Said[] {
  const row = readObject(response, "ResourceDirectory");
  return [
    {
      kind: "directory",
      id: readName(row, "ResourceDirectoryId", ID_LIMIT),
      managementAccountId: readAccountId(row, "MasterAccountId"),
      rootFolderId: readName(row, "RootFolderId", ID_LIMIT),
      controlPolicyStatus: readOptionalName(row, "ControlPolicyStatus"),
      where: whereOf(row),
    },
  ];
}

/** `resourcemanager.ListFoldersForParent.<parent>`: the response does not repeat the parent. */
export function readFolders(response: Row, [parentId = ""]: readonly string[]): readonly Said[] {
  return readList(response, "Folders", "Folder").map((row) => ({
    kind: "folder",
    id: readName(row, "FolderId", ID_LIMIT),
    parentId,
    name: readName(row, "FolderName"),
    where: whereOf(row),
  }));
}

/** `resourcemanager.ListAccountsForParent.<parent>`: the member accounts that lie in one folder. */
export function readDirectoryMembers(response: Row, [parentId = ""]: readonly string[]): readonly Said[] {
  return readList(response, "Accounts", "Account").map((row) => ({
    kind: "directoryMember",
    accountId: readAccountId(row, "AccountId"),
    folderId: demandParent(row, parentId),
    directoryId: readOptionalName(row, "ResourceDirectoryId"),
    where: whereOf(row),
  }));
}

/** A file under the wrong name would put accounts under the wrong control policies. */
function demandParent(row: Row, parentId: string): string {
  const folderId = readOptionalName(row, "FolderId");
  if (folderId === undefined || folderId === parentId) return parentId;
  const problem = `an account of folder \`${folderId}\` is in the list of \`${parentId}\``;
  throw new Refused("EXPORT_CONTRADICTS_ITSELF", whereOf(row, "FolderId"), problem, "name the file after its folder");
}
