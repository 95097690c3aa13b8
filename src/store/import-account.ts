import type { ObjectLiteral } from "typeorm";
import type { AccountBatch } from "../inventory/batch.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import type { Key } from "../inventory/keys.js";
import type { Policy } from "../inventory/policy.js";
import type { Database } from "./database.js";
import { demandOwnDirectories, directoryContents } from "./directory-contents.js";
import {
  AccountEntity,
  GroupEntity,
  MembershipEntity,
  PrincipalEntity,
  RoleEntity,
  UserEntity,
} from "./entities/account.entity.js";
import { ControlAttachmentEntity, DirectoryMemberEntity, FolderEntity } from "./entities/directory.entity.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import { AttachmentEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { ResourceGroupEntity, ResourcePolicyEntity } from "./entities/resource.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import { ImportRefused } from "./import-refused.js";
import { attachmentRows, policyRows, versionRows } from "./policy-rows.js";
import { groupRows, membershipRows, principalRows, roleRows, userRows } from "./principal-rows.js";
import { type ImportReport, importRun, recordImport } from "./record-import.js";
import { resourceContents } from "./resource-contents.js";
import { chooseSharedPolicies, type SharedPolicies } from "./shared-policies.js";
import { findingRows, gapRows, SHARED, sharedFindingRows, sourceRow } from "./source-contents.js";
import { type OnTable, type SyncOptions, syncTables } from "./sync-tables.js";
import { contentOf, type Scope, type TableContent } from "./table-content.js";

export interface ImportOptions {
  /** Take an import that removes more than half of what its source held. */
  readonly allowShrink?: boolean;
  /** Try all of it and take it back. */
  readonly isDryRun?: boolean;
  /** Told of each table that is compared: how many of how many, and its name. */
  readonly onTable?: OnTable;
}

/** Resources and their tags come and go by the thousand and would hide what is lost of these. */
const FACTS: SyncOptions["mayNotShrink"] = new Map<new () => ObjectLiteral, string>([
  [UserEntity, "users"],
  [GroupEntity, "groups"],
  [MembershipEntity, "memberships"],
  [RoleEntity, "roles"],
  [PolicyEntity, "policies"],
  [AttachmentEntity, "attachments"],
  [FolderEntity, "folders"],
  [DirectoryMemberEntity, "member accounts"],
  [ControlAttachmentEntity, "control policy attachments"],
  [ResourceGroupEntity, "resource groups"],
  [ResourcePolicyEntity, "bucket policies"],
]);

/**
 * Replaces everything that the last import of the account said, in one transaction. The same facts again change
 * nothing and make no revision. System policies are shared: of what accounts and pages state the newest holds.
 *
 * @throws ImportRefused when the batch contradicts itself, breaks a rule of the store, or would remove more than half
 * of what the account held; nothing is written then.
 */
export async function importAccount(
  db: Database,
  batch: AccountBatch,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { id } = batch.facts.account;
  const run = { ...importRun(id, [batch]), isDryRun: options.isDryRun === true };
  return await recordImport(db, run, async (transaction) => {
    requireStated(batch);
    await demandOwnDirectories(transaction, batch.facts, id);
    const shared = await chooseSharedPolicies(transaction, claimsOf(batch), ownSources(id, "source_key"));
    const contents = accountContents(batch, shared);
    const mayNotShrink = options.allowShrink === true ? new Map() : FACTS;
    return {
      tables: await syncTables(db, transaction, contents, { mayNotShrink, onTable: options.onTable }),
      findings: batch.findings.length + shared.findings.length,
      noted: [...batch.findings, ...shared.findings],
      gaps: batch.gaps,
    };
  });
}

/** Another account may state the policy now and not tomorrow, so each account states those that it attaches. */
function requireStated({ facts }: AccountBatch): void {
  const stated = new Set(facts.policies.map(keyOfPolicy));
  const hung = facts.controlAttachments.map(({ policy, target }) => ({ policy, principal: target }));
  const lost = [...facts.attachments, ...hung].find(({ policy }) => !stated.has(policy));
  if (lost === undefined) return;
  throw new ImportRefused(
    `the import is refused: \`${lost.policy}\` is attached to \`${lost.principal}\` and not among the policies; nothing was written`,
  );
}

const claimsOf = ({ source, facts }: AccountBatch) =>
  facts.policies
    .filter((policy) => policy.accountId === undefined)
    .map((policy) => ({ sourceKey: source.key, kind: source.kind, policy }));

/** All that the store holds of an account, each table after those that it refers to. */
export function accountContents(batch: AccountBatch, shared: SharedPolicies): readonly TableContent[] {
  const { facts, source } = batch;
  const { id } = facts.account;
  const own = ownRows(id);
  const custom = facts.policies.filter((policy) => policy.accountId !== undefined);
  const policies: readonly Policy[] = [...custom, ...shared.policies];
  return [
    contentOf(SourceEntity, [sourceRow(batch)], own("account_id"), ["importedAt"]),
    contentOf(AccountEntity, [{ id, alias: facts.account.alias ?? null, sourceKey: source.key }], own("id")),
    ...principalContents(batch),
    contentOf(PolicyEntity, policyRows(policies, source.key), ownOrShared(id, "account_id", "id", shared.affected)),
    contentOf(
      PolicyVersionEntity,
      versionRows(policies),
      ownOrShared(id, "split_part(policy_id, ':', 3)", "policy_id", shared.affected),
    ),
    contentOf(AttachmentEntity, attachmentRows(facts.attachments), own("split_part(principal_id, ':', 2)")),
    ...directoryContents(facts, id),
    ...resourceContents(facts, id),
    shared.claims,
    contentOf(
      FindingEntity,
      [
        ...findingRows(batch.findings.map((finding) => ({ ...finding, sourceKey: source.key }))),
        ...sharedFindingRows(shared.findings),
      ],
      findingScope(id, shared.affected),
    ),
    contentOf(GapEntity, gapRows(source.key, batch.gaps), ownSources(id, "source_key")),
  ];
}

function principalContents({ facts, source }: AccountBatch): readonly TableContent[] {
  const own = ownRows(facts.account.id);
  const [users, groups, roles] = [userRows(facts.users), groupRows(facts.groups), roleRows(facts.roles, source.key)];
  const principals = [
    ...principalRows("USER", users),
    ...principalRows("GROUP", groups),
    ...principalRows("ROLE", roles),
  ];
  return [
    contentOf(PrincipalEntity, principals, own("account_id")),
    contentOf(UserEntity, users, own("account_id")),
    contentOf(GroupEntity, groups, own("account_id")),
    contentOf(MembershipEntity, membershipRows(facts.memberships), own("split_part(user_id, ':', 2)")),
    contentOf(RoleEntity, roles, own("account_id")),
  ];
}

const ownRows =
  (accountId: string) =>
  (column: string): Scope => ({ sql: `${column} = $1`, parameters: [accountId] });

/** Rows that belong to a source of the account. */
export const ownSources = (accountId: string, column: string): Scope => ({
  sql: `${column} IN (SELECT key FROM source WHERE account_id = $1)`,
  parameters: [accountId],
});

const ownOrShared = (accountId: string, account: string, key: string, affected: readonly Key[]): Scope => ({
  sql: `${account} = $1 OR ${key} = ANY($2)`,
  parameters: [accountId, affected],
});

function findingScope(accountId: string, affected: readonly Key[]): Scope {
  const own = ownSources(accountId, "source_key");
  return {
    sql: `(${own.sql} AND NOT starts_with(place, '${SHARED}')) OR place = ANY($2)`,
    parameters: [...own.parameters, affected.map((key) => `${SHARED}${key}`)],
  };
}
