import type { DirectoryFacts } from "../inventory/directory.js";
import {
  ControlAttachmentEntity,
  DirectoryEntity,
  DirectoryMemberEntity,
  FolderEntity,
} from "./entities/directory.entity.js";
import { factOf } from "./fact-of.js";
import type { FactReader } from "./fact-reader.js";

/** Directories, their folders and members, and where control policies hang. */
export async function readDirectoryFacts({ readRows }: FactReader): Promise<DirectoryFacts> {
  return {
    directories: await readRows(DirectoryEntity, (row) => row),
    folders: await readRows(FolderEntity, (row) => factOf(row)),
    members: await readRows(DirectoryMemberEntity, (row) => row),
    controlAttachments: await readRows(ControlAttachmentEntity, ({ policyId, ...row }) => ({
      ...row,
      policy: policyId,
    })),
  };
}
