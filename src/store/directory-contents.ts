import type { DirectoryFacts } from "../inventory/directory.js";
import {
  ControlAttachmentEntity,
  DirectoryEntity,
  DirectoryMemberEntity,
  FolderEntity,
} from "./entities/directory.entity.js";
import { ImportRefused } from "./import-refused.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

/**
 * The tables of directories; they refer to accounts and policies.
 * @param accountId the management account, whose export states all of its directory.
 */
export function directoryContents(facts: DirectoryFacts, accountId: string): readonly TableContent[] {
  const own: Scope = { sql: "management_account_id = $1", parameters: [accountId] };
  const within: Scope = { ...own, sql: `directory_id IN (SELECT id FROM directory WHERE ${own.sql})` };
  return [
    contentOf(DirectoryEntity, facts.directories, own),
    contentOf(
      FolderEntity,
      facts.folders.map(({ parentId = null, ...folder }) => ({ ...folder, parentId })),
      within,
    ),
    contentOf(DirectoryMemberEntity, facts.members, within),
    contentOf(
      ControlAttachmentEntity,
      facts.controlAttachments.map(({ policy, ...attachment }) => ({ ...attachment, policyId: policy })),
      within,
    ),
  ];
}

/** Nobody can move a directory to another management account, so two accounts that claim one cannot both be right. */
export async function demandOwnDirectories(
  transaction: Transaction,
  { directories }: { readonly directories: readonly { readonly id: string }[] },
  accountId: string,
): Promise<void> {
  const [foreign] = await transaction.query<{ id: string; owner: string }>(
    'SELECT id, management_account_id AS "owner" FROM directory WHERE id = ANY($1) AND management_account_id <> $2',
    [directories.map(({ id }) => id), accountId],
  );
  if (foreign === undefined) return;
  throw new ImportRefused(
    `the import is refused: directory \`${foreign.id}\` is managed by account \`${foreign.owner}\`, as that account's import says, and not by \`${accountId}\`; nothing was written`,
  );
}
