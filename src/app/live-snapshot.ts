import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { type Lineage, readLineage } from "../store/lineage.js";
import { readMark } from "../store/read-mark.js";
import type { Readers } from "../store/readers.js";
import { isSameRevision, type NewestMark, type RevisionMark } from "../store/revision-mark.js";
import { type RevisionWatch, watchRevisions } from "../store/watch-revisions.js";
import { type Followed, followSnapshot, loadFirst } from "./follow-snapshot.js";
import type { Log } from "./log.js";
import { traced } from "./trace.js";

/** Milliseconds between two attempts to load a revision. */
const pause = 1_000;

/** What keeps the snapshot from following the database. */
export interface Trouble {
  /** A sentence for everyone. */
  readonly message: string;
  /** What the database said, for the operator. */
  readonly reason: string;
}

/** All that keeps it from doing so. */
export interface Troubles {
  /** The database cannot be seen. */
  readonly database: Trouble | undefined;
  /** The newest revision cannot be loaded. */
  readonly revision: Trouble | undefined;
}

/** A state that answers came from and that the database no longer holds. */
export interface SetBack {
  /** The newest revision that answers came from before. */
  readonly from: string;
  /** The newest that the database held then. */
  readonly to: string;
}

/** A state as it was loaded. */
interface Found extends Followed {
  readonly lineage: Lineage;
}

/** The one piece of memory that changes: the newest snapshot, which follows the database. */
export class LiveSnapshot {
  readonly #readers: Readers;
  readonly #log: Log;
  readonly #accountIds: ReadonlySet<string> | undefined;
  readonly #watch: RevisionWatch;
  readonly #ending = new AbortController();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #found: Found;
  /** The newest revision that is known of. */
  #known: string;
  /** Announced and not yet loaded. */
  #announced: RevisionMark | undefined;
  #loading: Promise<void> | undefined;
  /** As the primary said last. */
  #erasures: string;
  /** The primary's last word; undefined before the first. */
  #seen: NewestMark | undefined;
  /** Why the primary cannot be seen, and why the newest revision cannot be loaded. */
  #lost: Trouble | undefined;
  #failed: Trouble | undefined;
  #setBack: SetBack | undefined;

  private constructor(
    readers: Readers,
    log: Log,
    first: Found,
    { erasures }: RevisionMark,
    accountIds: ReadonlySet<string> | undefined,
  ) {
    this.#readers = readers;
    this.#log = log;
    this.#accountIds = accountIds;
    this.#found = first;
    this.#known = first.snapshot.revision;
    this.#erasures = erasures;
    readers.follow((mark) => this.#takeFromReplica(mark));
    this.#watch = watchRevisions(readers.primary.url, (mark) => this.#takeFromPrimary(mark), {
      onTrouble: (error) => {
        this.#lost = this.#report(error, "lost the database; answers come from the last revision", this.#lost);
        this.#events.emit("lost");
        for (const { mark } of readers.replicas) if (mark !== undefined) this.#takeFromReplica(mark);
      },
      onWell: () => {
        if (this.#lost === undefined) return;
        this.#lost = undefined;
        log.info({ revision: this.newest.revision }, "the database is back");
        this.#events.emit("back");
      },
    });
  }

  /**
   * Reads the newest revision and follows the primary from then on; while that is away, whatever replicas still get from
   * it. A newer revision is made of what changed, or compiled aside, and takes the place of the old in one step; while
   * that fails, the last good one stays.
   *
   * @param accountIds accounts to load; left out, all
   * @throws the store's error when the first revision cannot be read
   */
  static async follow(readers: Readers, log: Log, accountIds?: ReadonlySet<string>): Promise<LiveSnapshot> {
    const mark = await readMark(readers.primary);
    const first = await readFirst(readers, mark, accountIds);
    return new LiveSnapshot(readers, log, first, mark, accountIds);
  }

  /** Whoever holds a snapshot keeps it: it never changes. */
  get newest(): Snapshot {
    return this.#found.snapshot;
  }

  /** What a replica must hold for anything to be read from it. */
  get mark(): RevisionMark {
    const { revision, committedAt } = this.newest;
    return { revision, committedAt, erasures: this.#erasures };
  }

  /**
   * What everything up to a revision hangs on that may change without a new one, as the last look at the primary told: what is
   * pruned, and which accounts are erased.
   *
   * @returns a text that is another one once any of it changed; undefined while the primary cannot be seen or holds another newest
   * revision, and with replicas, which may hold more of the past or less
   */
  pastState(of: Pick<RevisionMark, "revision" | "committedAt">): string | undefined {
    const seen = this.isCutOff || this.#readers.replicas.length > 0 ? undefined : this.#seen;
    return seen !== undefined && isSameRevision(seen, of) ? JSON.stringify([seen.oldest, seen.erasures]) : undefined;
  }

  /** Why the snapshot may be behind the database; undefined while all is well. */
  get trouble(): Trouble | undefined {
    return this.#failed ?? this.#lost;
  }

  get troubles(): Troubles {
    return { database: this.#lost, revision: this.#failed };
  }

  /** How many revisions are known of and not loaded. */
  get behind(): number {
    return Math.max(0, Number(BigInt(this.#known) - BigInt(this.newest.revision)));
  }

  /** True while the primary cannot be seen. */
  get isCutOff(): boolean {
    return this.#lost !== undefined;
  }

  /** The last time that the database turned out to lack what answers had come from; undefined while it never did. */
  get setBack(): SetBack | undefined {
    return this.#setBack;
  }

  /** Was that number perhaps given away by a primary that failed, and is it the number of nothing any more? */
  isLost(revision: bigint): boolean {
    return this.#found.lineage.lost.some(({ first, last }) => BigInt(first) <= revision && revision <= BigInt(last));
  }

  /** Waits until the newest snapshot is of that revision or a later one, or until the signal aborts. */
  async waitFor(revision: bigint, signal: AbortSignal): Promise<void> {
    while (BigInt(this.newest.revision) < revision && !signal.aborted) {
      await once(this.#events, "swap", { signal }).catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.#watch.stop(), this.#loading]);
  }

  #takeFromPrimary(mark: NewestMark): void {
    this.#seen = mark;
    this.#take(mark);
  }

  #take(mark: RevisionMark): void {
    this.#erasures = mark.erasures;
    this.#announced = mark;
    this.#known = mark.revision;
    this.#loading ??= this.#catchUp().finally(() => {
      this.#loading = undefined;
    });
  }

  /** A replica lags or leads nowhere, so it has a say only while the primary has none, and never takes anything back. */
  #takeFromReplica(mark: RevisionMark): void {
    const known = this.#announced ?? this.newest;
    if (this.#lost !== undefined && BigInt(mark.revision) > BigInt(known.revision)) this.#take(mark);
  }

  async #catchUp(): Promise<void> {
    while (this.#announced !== undefined && !this.#ending.signal.aborted) {
      const aim = this.#announced;
      this.#announced = undefined;
      // Not only when it is later: after a failover or a restore from a backup, the truth is the earlier one.
      if (!isSameRevision(aim, this.newest)) await this.#load(aim);
    }
  }

  async #load(aim: RevisionMark): Promise<void> {
    try {
      const found = await traced("load snapshot", { "ramgraph.revision": aim.revision }, () => this.#read(aim));
      this.#noteSetBack(found);
      this.#found = found;
      this.#failed = undefined;
      this.#log.info({ revision: this.newest.revision }, "answers come from a new revision");
      this.#events.emit("swap");
    } catch (error) {
      this.#announced ??= aim;
      this.#failed = this.#report(error, "cannot load the new revision; answers come from the last one", this.#failed);
      await this.#rest();
    }
  }

  /** Until the next attempt; a database that is back is asked at once, for questions may be waiting for what it holds. */
  async #rest(): Promise<void> {
    const back = new AbortController();
    const wake = () => back.abort();
    this.#events.once("back", wake);
    const signal = AbortSignal.any([this.#ending.signal, back.signal]);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    this.#events.off("back", wake);
  }

  async #read(aim: RevisionMark): Promise<Found> {
    const held = this.#found;
    const read = withLineage(held.snapshot, (db) => followSnapshot(db, held, { server: this.#accountIds }));
    // A replica may have got what the primary that failed had, and its successor has not.
    const mayUseReplicas = BigInt(aim.revision) > BigInt(this.#setBack?.from ?? -1) && !this.#isEarlier(aim);
    const found = mayUseReplicas ? await this.#readers.tryReplicas(aim, read) : undefined;
    if (found !== undefined && (await this.#isOfPrimary(found.result.snapshot, aim))) return found.result;
    return await this.#unlessLost(this.#readers.readPrimary(read));
  }

  #isEarlier(aim: RevisionMark): boolean {
    return BigInt(aim.revision) <= BigInt(this.newest.revision);
  }

  /** What a replica got after the announcement is asked about where that can be. */
  async #isOfPrimary(snapshot: Snapshot, aim: RevisionMark): Promise<boolean> {
    if (isSameRevision(snapshot, aim) || this.#lost !== undefined) return true;
    const { holdsOurs } = await this.#unlessLost(readLineage(this.#readers.primary, snapshot));
    return holdsOurs;
  }

  #noteSetBack({ snapshot: { revision: to }, lineage }: Found): void {
    const { revision: from } = this.newest;
    if (BigInt(to) >= BigInt(from) && lineage.holdsOurs) return;
    this.#setBack = { from, to };
    this.#log.error({ from, to }, SET_BACK);
  }

  /** A read on a connection whose other end has vanished would wait for ever. */
  #unlessLost<T>(read: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const lose = () => reject(new Error("the database went away meanwhile"));
      this.#events.once("lost", lose);
      read.then(resolve, reject).finally(() => this.#events.off("lost", lose));
    });
  }

  /** A trouble that lasts is logged once, and again when its reason changes. */
  #report(error: unknown, message: string, before: Trouble | undefined): Trouble {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== before?.reason) this.#log.warn({ err: error, revision: this.newest.revision }, message);
    return { message, reason };
  }
}

const SET_BACK =
  "the database no longer holds the revision that answers came from: its last commits were lost in a failover, or a backup was restored; import again what was imported last";

/** Beside a state that is read, how the state that is held stands to it. */
function withLineage(
  ours: Pick<RevisionMark, "revision" | "committedAt">,
  read: (db: Database) => Promise<Followed>,
): (db: Database) => Promise<Found> {
  return async (db) => {
    const followed = await read(db);
    return { ...followed, lineage: await readLineage(db, ours) };
  };
}

/** Whoever holds nothing yet takes exactly what the primary announces, or reads it there. */
async function readFirst(
  readers: Readers,
  mark: RevisionMark,
  accountIds: ReadonlySet<string> | undefined,
): Promise<Found> {
  const read = withLineage(mark, (db) => loadFirst(db, { server: accountIds }));
  const found = await readers.tryReplicas(mark, read);
  return found !== undefined && isSameRevision(found.result.snapshot, mark)
    ? found.result
    : await readers.readPrimary(read);
}
