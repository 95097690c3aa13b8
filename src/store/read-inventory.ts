import { completeInventory } from "../inventory/complete-inventory.js";
import type { Inventory } from "../inventory/inventory.js";
import { seeAccounts } from "../inventory/see-accounts.js";
import type { Database } from "./database.js";
import { readAccountFacts } from "./read-account-facts.js";
import { readCatalogFacts } from "./read-catalog-facts.js";
import { readClaims } from "./read-claims.js";
import { readDirectoryFacts } from "./read-directory-facts.js";
import { readResourceFacts } from "./read-resource-facts.js";
import { type At, findRevision } from "./read-revision.js";
import { rowsAt } from "./read-rows.js";
import { readSourceFacts } from "./read-source-facts.js";
import { readTogether } from "./transaction.js";

/**
 * Reads facts together with their revision, in one transaction that sees one state, and completes them where one source fills
 * what another lacks.
 *
 * @param at left out: the newest revision.
 * @param accountIds accounts to see; left out, all. The catalog is always there.
 * @throws RevisionNotFound for a revision that is not there.
 */
export async function readInventory(db: Database, at?: At, accountIds?: ReadonlySet<string>): Promise<Inventory> {
  return await readTogether(db, async (transaction) => {
    const revision = await findRevision(transaction, at);
    const readRows = rowsAt(db, transaction, at === undefined ? undefined : revision.revision);
    const sources = await readSourceFacts(readRows);
    const inventory = {
      ...revision,
      ...sources,
      ...(await readAccountFacts(readRows, sources.sources)),
      ...(await readDirectoryFacts(readRows)),
      ...(await readResourceFacts(readRows)),
      ...(await readCatalogFacts(readRows)),
    };
    if (accountIds === undefined) return completeInventory(inventory);
    return completeInventory(seeAccounts({ ...inventory, ...(await readClaims(readRows)) }, accountIds));
  });
}
