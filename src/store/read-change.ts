import { type AccountView, accountViewOf } from "../inventory/account-view.js";
import { concernsJoining } from "../inventory/concerns-joining.js";
import type { InventoryChange } from "../inventory/inventory-change.js";
import { keyOfPolicy } from "../inventory/key-of-policy.js";
import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import { seeChange } from "../inventory/see-change.js";
import { findingsSeen, ownRows } from "../inventory/see-lists.js";
import type { Gap, SourceFinding } from "../inventory/source.js";
import { trackedTables } from "./at-revision.js";
import { type ChangeReader, changesSince, countChanges } from "./change-reader.js";
import { changedBy } from "./changed-by.js";
import type { Database } from "./database.js";
import { PolicyClaimEntity } from "./entities/policy.entity.js";
import type { Row } from "./entities/row.js";
import { SourceEntity } from "./entities/source.entity.js";
import { factOf } from "./fact-of.js";
import { type FactReader, factReader } from "./fact-reader.js";
import { readFloor } from "./history-floor.js";
import { readAccounts } from "./read-account-facts.js";
import { readCarried } from "./read-carried.js";
import { readAccountsOfSources } from "./read-claims.js";
import { readDirectoryFacts } from "./read-directory-facts.js";
import { readResourceFacts } from "./read-resource-facts.js";
import { findRevision, type Revision } from "./read-revision.js";
import { readFindings, readGaps, readSources } from "./read-source-facts.js";
import { KNOWN_MARK, type RevisionMark } from "./revision-mark.js";
import { readTogether, type Transaction } from "./transaction.js";

/** What changed, and how many rows say so. Findings and gaps are whole lists as sources tell them. */
export interface ReadChange {
  readonly change: InventoryChange;
  readonly findings?: readonly SourceFinding[];
  readonly gaps?: readonly Gap[];
  readonly rows: number;
}

const DIRECTORY = ["directory", "folder", "directory_member", "control_attachment"];
const RESOURCES = ["resource_group", "grouped_resource", "group_support", "resource_tag", "resource_policy"];
const CARRIED = ["app_user", "user_group", "membership", "role", "policy", "policy_version", "attachment"];
const TOLD = ["source", "account", "policy_claim", "finding", "coverage_gap"];
/** What pages said before they were merged is nothing that questions see. */
const BESIDE = ["source_content", "source_original"];
/** Tables whose changes can be followed row by row; the catalog's are read anew as a whole. */
const FOLLOWED = new Set([DIRECTORY, RESOURCES, CARRIED, TOLD, BESIDE].flat());
/** Each of its rows comes and goes with one of a user, a group or a role, and is read for none. */
const REPEATED = "principal";
/** Any of these may settle a gap, or leave it open again. */
const SETTLING = ["coverage_gap", "policy", "policy_version", "role", "attachment", ...DIRECTORY];

/**
 * Reads what changed since a revision, in one transaction that sees one state.
 *
 * @param known the revision that the reader has
 * @param limit of changed rows, of all accounts together
 * @param accountIds accounts to see; left out, all
 * @returns undefined where only reading all facts tells what is the case: too much changed, or the catalog, or what sources
 *   say only together; history does not reach back so far, or is not the history of what is known
 */
export async function readChange(
  db: Database,
  known: RevisionMark,
  limit: number,
  accountIds?: ReadonlySet<string>,
): Promise<ReadChange | undefined> {
  return await readTogether(db, async (transaction) => {
    const to = await findRevision(transaction, undefined);
    if (!(await isFollowed(transaction, known, to))) return undefined;
    const tables = trackedTables(db).flatMap(({ name }) => (name === REPEATED ? [] : [name]));
    const counts = await countChanges(transaction, tables, known.revision, limit);
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (rows >= limit || [...counts.keys()].some((table) => !FOLLOWED.has(table))) return undefined;
    const reader = factReader(db, transaction, undefined);
    const changes = changesSince(db, transaction, known.revision, counts);
    const view = accountIds && accountViewOf(accountIds, await readAccountsOfSources(reader));
    const carried = await readCarriedAs(view, changes, reader);
    if (carried === undefined || (await isPolicyOfCatalog(transaction, carried))) return undefined;
    const { change, findings, gaps } = await readTold(partsOf(counts, view !== undefined), changes, reader);
    return {
      rows,
      change: { to, ...carried, ...(view === undefined ? change : seeChange(change, view)) },
      ...(findings && { findings: view === undefined ? findings : findingsSeen(findings, view) }),
      ...(gaps && { gaps: view === undefined ? gaps : ownRows(gaps, view) }),
    };
  });
}

/** How policies, and who carries them, changed for the reader; undefined where that takes a look at all facts. */
async function readCarriedAs(
  view: AccountView | undefined,
  changes: ChangeReader,
  reader: FactReader,
): Promise<InventoryChange | undefined> {
  const { change, stated } = await readCarried(changes, reader);
  if (view === undefined) return concernsJoining(stated) ? undefined : change;
  const claims = [
    ...(await changes.begun(PolicyClaimEntity, ({ sourceKey }) => sourceKey)),
    ...(await changes.ended(PolicyClaimEntity, ({ sourceKey }) => sourceKey)),
  ];
  // Then another text of a policy of the cloud's own may hold among the sources that are seen.
  if (claims.some(view.isSourceSeen)) return undefined;
  return concernsJoining(seeChange(stated, view)) ? undefined : seeChange(change, view);
}

/** What is to be read as a whole. */
interface Parts {
  readonly accounts: boolean;
  readonly directory: boolean;
  readonly resources: boolean;
  readonly findings: boolean;
  readonly gaps: boolean;
}

/** @param isPartial some accounts are not seen: which these are tells which resources and findings show, and what is missing */
function partsOf(counts: ReadonlyMap<string, number>, isPartial: boolean): Parts {
  const isTouched = (names: readonly string[]) => names.some((name) => counts.has(name));
  const isAccount = isTouched(["source", "account"]);
  const isAlso = isPartial && isAccount;
  const resources = isTouched(RESOURCES) || isAlso;
  return {
    accounts: isAccount || (isPartial && resources),
    directory: isTouched(DIRECTORY),
    resources,
    findings: isTouched(["finding"]) || isAlso,
    gaps: isTouched(SETTLING) || isAlso,
  };
}

async function readTold(parts: Parts, changes: ChangeReader, reader: FactReader): Promise<Omit<ReadChange, "rows">> {
  return {
    change: {
      ...(parts.accounts ? await readAccountsAnew(changes, reader) : {}),
      ...(parts.directory ? { directory: await readDirectoryFacts(reader) } : {}),
      ...(parts.resources ? { resources: await readResourceFacts(reader) } : {}),
    },
    ...(parts.findings ? { findings: await readFindings(reader) } : {}),
    ...(parts.gaps ? { gaps: await readGaps(reader) } : {}),
  };
}

/** Whether history tells everything that happened between the two. */
async function isFollowed(transaction: Transaction, known: RevisionMark, to: Revision): Promise<boolean> {
  const { oldest } = await readFloor(transaction);
  if (BigInt(known.revision) < BigInt(oldest) || BigInt(known.revision) > BigInt(to.revision)) return false;
  // After a failover, or from a backup, another history may have the same numbers.
  const [found] = await transaction.query<RevisionMark>(KNOWN_MARK, [known.revision]);
  return found !== undefined && found.committedAt === known.committedAt && found.erasures === known.erasures;
}

/** A policy of the cloud that one of the catalog's roles bears is what roles of accounts may take their document from. */
async function isPolicyOfCatalog(transaction: Transaction, { policies }: InventoryChange): Promise<boolean> {
  const keys = [...(policies?.put ?? []), ...(policies?.gone ?? [])].map(keyOfPolicy);
  if (keys.length === 0) return false;
  const rows = await transaction.query(
    `SELECT FROM attachment WHERE policy_id = ANY($1::text[]) AND starts_with(principal_id, 'role:${CATALOG_ACCOUNT}:') LIMIT 1`,
    [keys],
  );
  return rows.length > 0;
}

async function readAccountsAnew(
  { begun, ended }: ChangeReader,
  reader: FactReader,
): Promise<Pick<InventoryChange, "accounts" | "sources">> {
  const sourceOf = (row: Row<SourceEntity>) => factOf(row, "accountId");
  const sources = await readSources(reader);
  return {
    accounts: await readAccounts(reader, sources),
    sources: changedBy(await begun(SourceEntity, sourceOf), await ended(SourceEntity, sourceOf), ({ key }) => key),
  };
}
