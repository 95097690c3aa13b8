import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Snapshot } from "../grants/snapshot.js";
import type { Database } from "../store/database.js";
import { type RevisionWatch, watchRevisions } from "../store/watch-revisions.js";
import { loadSnapshot } from "./load-snapshot.js";
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

/** The one piece of memory that changes: the newest snapshot, which follows the database. */
export class LiveSnapshot {
  readonly #db: Database;
  readonly #log: Log;
  readonly #watch: RevisionWatch;
  readonly #ending = new AbortController();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #newest: Snapshot;
  /** The newest revision that is known of. */
  #known: string;
  /** Announced and not yet loaded. */
  #announced: string | undefined;
  #loading: Promise<void> | undefined;
  /** Why the database cannot be seen, and why the newest revision cannot be loaded. */
  #lost: Trouble | undefined;
  #failed: Trouble | undefined;

  private constructor(db: Database, log: Log, first: Snapshot) {
    this.#db = db;
    this.#log = log;
    this.#newest = first;
    this.#known = first.revision;
    this.#watch = watchRevisions(db, (revision) => this.#take(revision), {
      onTrouble: (error) => {
        this.#lost = this.#report(error, "lost the database; answers come from the last revision");
        this.#events.emit("lost");
      },
      onWell: () => {
        this.#lost = undefined;
      },
    });
  }

  /**
   * Reads the newest revision and follows the database from then on. A newer revision is compiled aside and takes the
   * place of the old in one step; while that fails, the last good one stays.
   *
   * @throws the store's error when the first revision cannot be read
   */
  static async follow(db: Database, log: Log): Promise<LiveSnapshot> {
    return new LiveSnapshot(db, log, await loadSnapshot(db));
  }

  /** Whoever holds a snapshot keeps it: it never changes. */
  get newest(): Snapshot {
    return this.#newest;
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
    return Math.max(0, Number(BigInt(this.#known) - BigInt(this.#newest.revision)));
  }

  /** Waits until the newest snapshot is of that revision or a later one, or until the signal aborts. */
  async waitFor(revision: bigint, signal: AbortSignal): Promise<void> {
    while (BigInt(this.#newest.revision) < revision && !signal.aborted) {
      await once(this.#events, "swap", { signal }).catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.#watch.stop(), this.#loading]);
  }

  #take(revision: string): void {
    this.#announced = revision;
    this.#known = revision;
    this.#loading ??= this.#catchUp().finally(() => {
      this.#loading = undefined;
    });
  }

  async #catchUp(): Promise<void> {
    while (this.#announced !== undefined && !this.#ending.signal.aborted) {
      const aim = this.#announced;
      this.#announced = undefined;
      // Not only when it is later: after a restore from a backup, the truth is the earlier one.
      if (aim !== this.#newest.revision) await this.#load(aim);
    }
  }

  async #load(aim: string): Promise<void> {
    try {
      this.#newest = await traced("load snapshot", { "ramgraph.revision": aim }, () =>
        this.#unlessLost(loadSnapshot(this.#db)),
      );
      this.#failed = undefined;
      this.#log.info({ revision: this.#newest.revision }, "answers come from a new revision");
      this.#events.emit("swap");
    } catch (error) {
      this.#announced ??= aim;
      this.#failed = this.#report(error, "cannot load the new revision; answers come from the last one");
      await sleep(pause, undefined, { signal: this.#ending.signal }).catch(() => undefined);
    }
  }

  /** A read on a connection whose other end has vanished would wait for ever. */
  #unlessLost<T>(read: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const lose = () => reject(new Error("the database went away meanwhile"));
      this.#events.once("lost", lose);
      read.then(resolve, reject).finally(() => this.#events.off("lost", lose));
    });
  }

  #report(error: unknown, message: string): Trouble {
    this.#log.warn({ err: error, revision: this.#newest.revision }, message);
    return { message, reason: error instanceof Error ? error.message : String(error) };
  }
}
