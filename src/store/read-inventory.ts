import { NO_DIRECTORY } from "../inventory/directory.js";
import type { Inventory } from "../inventory/inventory.js";
import { NO_RESOURCES } from "../inventory/resource.js";
import type { Database } from "./database.js";
import { readAccountFacts } from "./read-account-facts.js";
import { readCatalogFacts } from "./read-catalog-facts.js";
import { type At, findRevision } from "./read-revision.js";
import { rowsAt } from "./read-rows.js";
import { readSourceFacts } from "./read-source-facts.js";
import { readTogether } from "./transaction.js";

/**
 * Reads all facts together with their revision, in one transaction that sees one state.
 *
 * @param at left out: the newest revision.
 * @throws RevisionNotFound for a revision that is not there.
 */
export async function readInventory(db: Database, at?: At): Promise<Inventory> {
  return await readTogether(db, async (transaction) => {
    const revision = await findRevision(transaction, at);
    const readRows = rowsAt(db, transaction, at === undefined ? undefined : revision.revision);
    const sources = await readSourceFacts(readRows);
    return {
      ...NO_DIRECTORY,
      ...NO_RESOURCES,
      ...revision,
      ...sources,
      ...(await readAccountFacts(readRows, sources.sources)),
      ...(await readCatalogFacts(readRows)),
    };
  });
}
