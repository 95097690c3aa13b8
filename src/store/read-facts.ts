import type { Facts } from "../inventory/attachment-columns.js";
import { completeFacts } from "../inventory/complete-facts.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { seeAccounts } from "../inventory/see-accounts.js";
import { placesByHash } from "./carrier-list.js";
import type { Database } from "./database.js";
import { factReader } from "./fact-reader.js";
import { readFloor } from "./history-floor.js";
import { inSlices } from "./in-slices.js";
import { readAccountFacts } from "./read-account-facts.js";
import { type PolicyRows, placeAttachments, readAttachments } from "./read-attachments.js";
import { readBeside } from "./read-beside.js";
import { readCatalogFacts } from "./read-catalog-facts.js";
import { readClaims } from "./read-claims.js";
import { readDirectoryFacts } from "./read-directory-facts.js";
import { readMemberships } from "./read-memberships.js";
import { readResourceFacts } from "./read-resource-facts.js";
import { type At, findRevision, type Revision } from "./read-revision.js";
import { readSourceFacts } from "./read-source-facts.js";
import { type SeenAccounts, seeingAccounts } from "./seen-accounts.js";
import { readTogether } from "./transaction.js";

/** Sorting a million rows on disk takes longer than everything else; a cursor here is always read to its end. */
const SETTINGS = "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off; SET LOCAL cursor_tuple_fraction = 1";

/** Facts, and what it takes to follow them. */
export interface Reading {
  readonly facts: Facts;
  /** How often an account was erased from history by then: what changed since is told by history only while that stays. */
  readonly erasures: string;
}

/**
 * Reads facts together with their revision, in one transaction that sees one state, and completes them where one source fills
 * what another lacks. Others get their turn every few milliseconds.
 *
 * @param at left out: the newest revision.
 * @param accountIds accounts to see; left out, all. The catalog is always there.
 * @param onPolicies told of the policies early, so that they can be compiled while the server works on the rest; sources that complete
 *   each other may still put others in the place of some
 * @throws RevisionNotFound for a revision that is not there.
 */
export async function readFacts(
  db: Database,
  at?: At,
  accountIds?: ReadonlySet<string>,
  onPolicies: (policies: Facts["policies"]) => void = () => undefined,
): Promise<Reading> {
  return await readTogether(db, async (transaction) => {
    const revision = await findRevision(transaction, at);
    await transaction.query(SETTINGS);
    const reader = factReader(db, transaction, at === undefined ? undefined : revision.revision);
    const seen = seeingAccounts(accountIds);
    const beside = at === undefined ? readAttachmentsBeside(db, revision, seen) : undefined;
    const told = await readSourceFacts(reader);
    const { carriers: lists, ...accountFacts } = await readAccountFacts(reader, told.sources, seen, onPolicies);
    const raw = {
      ...revision,
      ...told,
      ...accountFacts,
      ...(await readDirectoryFacts(reader)),
      ...(await readResourceFacts(reader)),
      ...(await readCatalogFacts(reader)),
    };
    const facts = accountIds === undefined ? raw : seeAccounts({ ...raw, ...(await readClaims(reader)) }, accountIds);
    const carriers = { ...lists, placeOf: await inSlices(placesByHash(lists)) };
    const memberships = await readMemberships(reader, carriers, seen);
    const rows = (await beside) ?? (await readAttachments(reader, seen));
    const attachments = await inSlices(placeAttachments(rows, facts.policies.map(keyOfPolicy), carriers));
    const { erasures } = await readFloor(transaction);
    const completed = await inSlices(completeFacts({ ...facts, memberships, attachments, derivedFindings: [] }));
    return { facts: completed, erasures };
  });
}

/** A million attachments take the server as long as all the rest. */
function readAttachmentsBeside(
  db: Database,
  revision: Revision,
  seen: SeenAccounts,
): Promise<readonly PolicyRows[] | undefined> {
  return readBeside(db, revision, async (transaction) => {
    await transaction.query(SETTINGS);
    return await readAttachments(factReader(db, transaction, undefined), seen);
  });
}
