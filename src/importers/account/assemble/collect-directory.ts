import { sortByKey } from "../../../inventory/byte-order.js";
import type { Directory, DirectoryMember, Folder } from "../../../inventory/directory.js";
import { Refused } from "../refusal.js";
import type { SaidDirectory, SaidDirectoryMember, SaidFolder } from "../said.js";
import { contradiction } from "./contradiction.js";
import type { SaidByKind } from "./group-said.js";
import { joinNotes, type Notes, noteUnknown } from "./notes.js";

export interface DirectoryTree extends Notes {
  readonly directory: Directory;
  /** The root and all folders that hang together with it. */
  readonly folders: readonly Folder[];
  readonly members: readonly DirectoryMember[];
}

const CONTROL = "CONTROL_POLICIES_NOT_IMPORTED";
const STATUSES: ReadonlyMap<string | undefined, boolean> = new Map([
  ["Enabled", true],
  ["Disabled", false],
]);

/** @throws Refused when responses name two directories, or one in two ways */
export function findDirectory({ directory }: SaidByKind): SaidDirectory | undefined {
  const [first, ...others] = directory;
  const partsOf = ({ id, managementAccountId, rootFolderId, controlPolicyStatus }: SaidDirectory): string =>
    JSON.stringify([id, managementAccountId, rootFolderId, controlPolicyStatus]);
  const other = others.find((one) => first !== undefined && partsOf(one) !== partsOf(first));
  if (first !== undefined && other !== undefined) {
    throw contradiction(`the directory is told otherwise than before`, first.where, other.where);
  }
  return first;
}

/** The tree of folders and accounts, as far as it hangs together with the root; the rest is a finding and a gap. */
export function collectTree(said: SaidByKind, told: SaidDirectory): DirectoryTree {
  const folders = reachFolders(told, said.folder);
  const lost = said.folder.filter(({ id }) => !folders.has(id) || id === told.rootFolderId);
  const members = new Map<string, SaidDirectoryMember>();
  const homeless: SaidDirectoryMember[] = [];
  for (const member of said.directoryMember) {
    demandDirectory(told, member);
    if (member.accountId === told.managementAccountId) continue;
    const known = members.get(member.accountId);
    if (known !== undefined && known.folderId !== member.folderId) {
      const problem = `account \`${member.accountId}\` is in folder \`${member.folderId}\` and in \`${known.folderId}\``;
      throw contradiction(problem, known.where, member.where);
    }
    if (folders.has(member.folderId)) members.set(member.accountId, member);
    else homeless.push(member);
  }
  return {
    directory: toDirectory(told),
    folders: sortByKey(folders.values(), ({ id }) => id),
    members: sortByKey(members.values(), ({ accountId }) => accountId).map(({ accountId, folderId }) => {
      return { directoryId: told.id, accountId, folderId };
    }),
    ...joinNotes([noteStatus(told), ...lost.map(noteFolder), ...homeless.map(noteMember)]),
  };
}

function toDirectory({ id, managementAccountId, rootFolderId, controlPolicyStatus: status }: SaidDirectory): Directory {
  const isControlPolicyEnabled = STATUSES.get(status) ?? status === "PendingDisable";
  return { id, managementAccountId, rootFolderId, isControlPolicyEnabled };
}

function demandDirectory(told: SaidDirectory, { accountId, directoryId, where }: SaidDirectoryMember): void {
  if (directoryId === undefined || directoryId === told.id) return;
  const problem = `account \`${accountId}\` is of directory \`${directoryId}\`, the export is of \`${told.id}\``;
  throw new Refused("DIRECTORIES_MIXED", where, problem, "keep one directory's responses in one folder");
}

/** Walks down from the root, so that neither a circle nor a folder without a parent gets in. */
function reachFolders(told: SaidDirectory, said: readonly SaidFolder[]): ReadonlyMap<string, Folder> {
  const children = new Map<string, SaidFolder[]>();
  const parents = new Map<string, SaidFolder>();
  for (const folder of said) {
    const known = parents.get(folder.id);
    if (known !== undefined && known.parentId !== folder.parentId) {
      const problem = `folder \`${folder.id}\` lies under \`${folder.parentId}\` and under \`${known.parentId}\``;
      throw contradiction(problem, known.where, folder.where);
    }
    parents.set(folder.id, folder);
    const siblings = children.get(folder.parentId);
    if (siblings === undefined) children.set(folder.parentId, [folder]);
    else siblings.push(folder);
  }
  const root = { directoryId: told.id, id: told.rootFolderId, name: "Root" };
  const reached = new Map<string, Folder>([[root.id, root]]);
  // A map that grows while it is walked hands out what was added.
  for (const parentId of reached.keys()) {
    for (const { id, name } of children.get(parentId) ?? []) {
      if (!reached.has(id)) reached.set(id, { directoryId: told.id, id, parentId, name });
    }
  }
  return reached;
}

function noteStatus({ id, controlPolicyStatus: status, where }: SaidDirectory): Notes {
  if (STATUSES.has(status)) return { findings: [], gaps: [] };
  const word = status === undefined ? "not told" : `\`${status}\``;
  const problem = `whether control policies of directory \`${id}\` are in force is unclear, the status is ${word}`;
  return noteUnknown(where, "CONTROL_POLICY_STATUS_UNCLEAR", id, problem, CONTROL);
}

function noteFolder({ id, parentId, where }: SaidFolder): Notes {
  const problem = `folder \`${id}\` under \`${parentId}\` has no way up to the root`;
  return noteUnknown(where, "UNKNOWN_FOLDER", id, problem, CONTROL);
}

function noteMember({ accountId, folderId, where }: SaidDirectoryMember): Notes {
  const problem = `account \`${accountId}\` is in folder \`${folderId}\`, which no list of folders leads to`;
  return noteUnknown(where, "UNKNOWN_FOLDER", accountId, problem, CONTROL);
}
