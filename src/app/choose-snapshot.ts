import type { GraphQLError } from "graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { SnapshotRequest, Viewer } from "../graphql/request-context.js";
import type { Database } from "../store/database.js";
import { readFloor } from "../store/history-floor.js";
import { type At, findRevision } from "../store/read-revision.js";
import type { Readers } from "../store/readers.js";
import { RevisionExpired } from "../store/revision-expired.js";
import type { RevisionMark } from "../store/revision-mark.js";
import { RevisionNotFound } from "../store/revision-not-found.js";
import { readTogether } from "../store/transaction.js";
import type { LiveSnapshot } from "./live-snapshot.js";
import type { PastSnapshots } from "./past-snapshots.js";
import { refuseExpired, refuseRevision, refuseWithoutDatabase } from "./snapshot-refusal.js";
import type { ViewedSnapshots } from "./viewed-snapshots.js";

export interface SnapshotSources {
  readonly readers: Readers;
  readonly live: LiveSnapshot;
  /** Accounts that this server loads; undefined where it loads all. */
  readonly accountIds: ReadonlySet<string> | undefined;
  readonly past: PastSnapshots;
  readonly viewed: ViewedSnapshots;
}

/** Milliseconds that a question waits for a revision on its way here, and for the database to say a word. */
const patience = { minRevision: 5_000, database: 3_000 };

/**
 * Finds the snapshot that a question asks for: the newest in memory, or an older one from the database. `revision`
 * comes before `asOf`; `minRevision` holds for what either gives.
 *
 * @throws GraphQLError with code REVISION_NOT_AVAILABLE, REVISION_EXPIRED for one that is no longer kept, or
 * SERVICE_UNAVAILABLE while the database is away
 */
export async function chooseSnapshot(
  sources: SnapshotSources,
  { revision, asOf, minRevision }: SnapshotRequest,
): Promise<Snapshot> {
  if (minRevision !== undefined) await awaitRevision(sources.live, minRevision);
  const at = revision !== undefined ? { revision } : asOf !== undefined ? { asOf } : undefined;
  const snapshot = at === undefined ? sources.live.newest : await lookBack(sources, at);
  if (minRevision === undefined || BigInt(snapshot.revision) >= BigInt(minRevision)) return snapshot;
  throw refuseRevision(`revision \`${snapshot.revision}\` is before \`minRevision\`, \`${minRevision}\``);
}

/**
 * The same state as the viewer sees it.
 *
 * @throws GraphQLError with code SERVICE_UNAVAILABLE while the database is away and this viewer has not asked since the last change
 */
export async function seeSnapshot(
  { live, viewed }: SnapshotSources,
  { accountIds }: Viewer,
  snapshot: Snapshot,
): Promise<Snapshot> {
  if (accountIds === undefined) return snapshot;
  const newest = live.newest.revision;
  const { revision, committedAt } = snapshot;
  try {
    return await viewed(accountIds, { ...live.mark, revision, committedAt }, newest);
  } catch (error) {
    throw refuseWithoutDatabase(newest, error);
  }
}

async function awaitRevision(live: LiveSnapshot, minRevision: string): Promise<void> {
  if (!/^\d{1,18}$/.test(minRevision)) throw refuseRevision(`\`${minRevision}\` is not a revision`);
  await live.waitFor(BigInt(minRevision), AbortSignal.timeout(patience.minRevision));
  if (live.isLost(BigInt(minRevision))) {
    throw refuseRevision(
      `revision \`${minRevision}\` was lost when the database failed over or was restored; import again what it brought`,
    );
  }
  if (BigInt(live.newest.revision) >= BigInt(minRevision)) return;
  const reason = live.trouble === undefined ? "" : ` (${live.trouble.message})`;
  throw refuseRevision(
    `revision \`${minRevision}\` did not arrive within ${patience.minRevision / 1_000} seconds; the newest is \`${live.newest.revision}\`${reason}`,
  );
}

async function lookBack({ readers, live, past }: SnapshotSources, at: At): Promise<Snapshot> {
  const { newest } = live;
  if ("revision" in at && at.revision === newest.revision) return newest;
  try {
    const mark = await soon(findWhere(readers, live, at));
    return mark.revision === newest.revision ? newest : await past(mark);
  } catch (error) {
    throw explainAbsence(error, newest.revision);
  }
}

/** What the store's refusal of a past state means to who asked for it. */
export function explainAbsence(error: unknown, newest: string): GraphQLError {
  if (error instanceof RevisionExpired) return refuseExpired(error.message);
  if (error instanceof RevisionNotFound) return refuseRevision(error.message);
  return refuseWithoutDatabase(newest, error);
}

/**
 * Only the primary knows which revision an instant falls into: a replica may lack the last one before it. What a number
 * is, replicas know as well, for when the primary is away.
 */
async function findWhere(readers: Readers, live: LiveSnapshot, at: At): Promise<RevisionMark> {
  if (live.isCutOff && "revision" in at) {
    const found = await readers.tryReplicas(live.mark, (db) => findPast(db, at));
    if (found !== undefined) return found.result;
  }
  return await findPast(readers.primary, at);
}

async function findPast(db: Database, at: At): Promise<RevisionMark> {
  return await readTogether(db, async (transaction) => {
    const { revision, committedAt } = await findRevision(transaction, at);
    const { erasures } = await readFloor(transaction);
    return { revision, committedAt, erasures };
  });
}

/** Waits as long for the database as a question may. */
export async function soon<T>(answer: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(patience.database);
  return await new Promise<T>((resolve, reject) => {
    late.addEventListener("abort", () => reject(late.reason), { once: true });
    answer.then(resolve, reject);
  });
}
