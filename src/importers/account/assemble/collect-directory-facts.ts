import { type DirectoryFacts, NO_DIRECTORY } from "../../../inventory/directory.js";
import type { Key } from "../../../inventory/keys.js";
import type { Policy } from "../../../inventory/policy.js";
import type { PageMark } from "../read-file.js";
import type { SaidDirectory } from "../said.js";
import { collectControlPolicies } from "./collect-control-policies.js";
import { collectTree, findDirectory } from "./collect-directory.js";
import { findMissingDirectoryFiles, noteNoDirectory } from "./find-missing-directory-files.js";
import type { SaidByKind } from "./group-said.js";
import { findingAt, joinNotes, type Notes } from "./notes.js";

export interface CollectedDirectory extends Notes {
  readonly facts: DirectoryFacts;
  readonly policies: ReadonlyMap<Key, Policy>;
}

/**
 * The resource directory, which counts only in the export of the account that manages it: any other account sees parts
 * of it at most, and two exports of different days would mix.
 */
export function collectDirectoryFacts(
  said: SaidByKind,
  pages: readonly PageMark[],
  accountId: string,
): CollectedDirectory {
  const told = findDirectory(said);
  if (told?.managementAccountId !== accountId) {
    const notes = joinNotes([noteNoDirectory(pages, told, accountId), noteLeftOut(said, told)]);
    return { facts: NO_DIRECTORY, policies: new Map(), ...notes };
  }
  const tree = collectTree(said, told);
  const control = collectControlPolicies(said, tree);
  const gaps = findMissingDirectoryFiles(pages, tree);
  return {
    facts: {
      directories: [tree.directory],
      folders: tree.folders,
      members: tree.members,
      controlAttachments: control.attachments,
    },
    policies: control.policies,
    ...joinNotes([tree, control, { findings: [], gaps }]),
  };
}

/** Says at the first row that it and its like are not taken. */
function noteLeftOut(said: SaidByKind, told: SaidDirectory | undefined): Notes {
  const [first] = [...said.folder, ...said.directoryMember, ...said.controlPolicy];
  if (first === undefined) return { findings: [], gaps: [] };
  const reason =
    told === undefined
      ? "without the response of GetResourceDirectory nobody can tell whose they are"
      : `they count in the export of account \`${told.managementAccountId}\`, which manages the directory \`${told.id}\``;
  const problem = `folders, member accounts and control policies are left out, ${reason}, as first`;
  return { findings: [findingAt(first.where, "DIRECTORY_LEFT_OUT", problem)], gaps: [] };
}
