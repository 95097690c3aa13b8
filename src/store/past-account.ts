import type { PolicyClaim } from "../inventory/choose-policies.js";
import { atRevision } from "./at-revision.js";
import type { Database } from "./database.js";
import { demandOwnDirectories } from "./directory-contents.js";
import { ownSources } from "./import-account.js";
import { isClaim, ownContents } from "./own-contents.js";
import { chooseSharedPolicies } from "./shared-policies.js";
import { stageSelected } from "./stage-rows.js";
import { describeTable } from "./table.js";
import type { TableContent } from "./table-content.js";
import type { Transaction } from "./transaction.js";

interface PastClaims {
  readonly claims: readonly PolicyClaim[];
  readonly directories: readonly { readonly id: string }[];
}

/**
 * What the tables of an account must hold to be as they were at a revision; rows are staged within the database, so
 * that their number is of no matter here.
 *
 * @throws ImportRefused when another account manages the account's directory by now
 */
export async function pastAccount(
  db: Database,
  transaction: Transaction,
  accountId: string,
  revision: string,
): Promise<readonly TableContent[]> {
  const { claims, directories } = await atRevision(db, transaction, revision, () => readClaims(transaction, accountId));
  await demandOwnDirectories(transaction, { directories }, accountId);
  const shared = await chooseSharedPolicies(transaction, claims, ownSources(accountId, "source_key"));
  const contents = ownContents(accountId, shared);
  return await atRevision(db, transaction, revision, async () => {
    const staged: TableContent[] = [];
    for (const content of contents) {
      if (isClaim(content)) staged.push(content);
      else {
        await stageSelected(transaction, describeTable(db.dataSource, content.entity), content.own, content.rows);
        staged.push({ ...content, isStaged: true });
      }
    }
    return staged;
  });
}

async function readClaims(transaction: Transaction, accountId: string): Promise<PastClaims> {
  const { sql, parameters } = ownSources(accountId, "source_key");
  return {
    claims: await transaction.query(
      `SELECT source_key AS "sourceKey", source.kind, claim AS policy
       FROM policy_claim JOIN source ON source.key = source_key WHERE ${sql}`,
      parameters,
    ),
    directories: await transaction.query("SELECT id FROM directory WHERE management_account_id = $1", parameters),
  };
}
