import type { GapNote, PageMark } from "../read-file.js";
import type { SaidDirectory } from "../said.js";
import { indexAnswers } from "./answers.js";
import type { DirectoryTree } from "./collect-directory.js";
import type { Notes } from "./notes.js";

const CONTROL = "CONTROL_POLICIES_NOT_IMPORTED";

/** The account's gap where it does not manage a directory; none where the API says that it is in none. */
export function noteNoDirectory(pages: readonly PageMark[], told: SaidDirectory | undefined, accountId: string): Notes {
  const isInNone = told === undefined && indexAnswers(pages)("resourcemanager.GetResourceDirectory");
  if (isInNone) return { findings: [], gaps: [] };
  const detail =
    told === undefined
      ? "control policies are not imported: answers are as if there were none"
      : `control policies of directory \`${told.id}\` come with the export of account \`${told.managementAccountId}\`, which manages it: without that answers are as if there were none`;
  return { findings: [], gaps: [{ reason: CONTROL, subject: accountId, detail }] };
}

/**
 * What the export of a management account lacks. A level whose control policies are unknown is a gap under the id of
 * its folder or member account. Where control policies are switched off, nothing of it matters.
 */
export function findMissingDirectoryFiles(pages: readonly PageMark[], tree: DirectoryTree): readonly GapNote[] {
  if (!tree.directory.isControlPolicyEnabled) return [];
  const has = indexAnswers(pages);
  const folders = tree.folders.map(({ id }) => id);
  const targets = [...folders, ...tree.members.map(({ accountId }) => accountId)];
  return [
    ...folders.flatMap((id) => [
      ...gapWithout(has, `resourcemanager.ListFoldersForParent`, id, `which folders lie in \`${id}\` is unknown`),
      ...gapWithout(has, `resourcemanager.ListAccountsForParent`, id, `which accounts lie in \`${id}\` is unknown`),
    ]),
    ...targets.flatMap((id) => {
      const [gap] = gapWithout(has, ATTACHMENTS, id, `which control policies hang on \`${id}\` is unknown`);
      return gap === undefined ? [] : [{ ...gap, subject: id }];
    }),
  ];
}

const ATTACHMENTS = "resourcemanager.ListControlPolicyAttachmentsForTarget";

function gapWithout(
  has: (operation: string, name: string) => boolean,
  operation: string,
  name: string,
  lack: string,
): readonly GapNote[] {
  if (has(operation, name)) return [];
  const subject = `${operation}.${name}`;
  return [{ reason: CONTROL, subject, detail: `\`${subject}\` is not in the export: ${lack}` }];
}
