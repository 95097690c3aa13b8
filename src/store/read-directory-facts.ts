import type { DirectoryFacts } from "../inventory/directory.js";
import {
  ControlAttachmentEntity,
  DirectoryEntity,
  DirectoryMemberEntity,
  FolderEntity,
} from "./entities/directory.entity.js";
import { factOf } from "./fact-of.js";
import type { ReadRows } from "./read-rows.js";

/** Directories, their folders and members, and where control policies hang. */
export async function readDirectoryFacts(readRows: ReadRows): Promise<DirectoryFacts> {
  const folders = await readRows(FolderEntity);
  const attachments = await readRows(ControlAttachmentEntity);
  return {
    directories: await readRows(DirectoryEntity),
    folders: folders.map((row) => factOf(row)),
    members: await readRows(DirectoryMemberEntity),
    controlAttachments: attachments.map(({ policyId, ...row }) => ({ ...row, policy: policyId })),
  };
}
