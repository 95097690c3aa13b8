import { EventEmitter, once } from "node:events";
import { closeDatabase, type Database, openDatabase } from "./database.js";
import { RevisionExpired } from "./revision-expired.js";
import { ReplicaBehind, type RevisionMark } from "./revision-mark.js";
import { RevisionNotFound } from "./revision-not-found.js";
import { type RevisionWatch, watchRevisions } from "./watch-revisions.js";

/** Milliseconds. A replica that failed rests, for longer and longer. */
const REST = { first: 500, longest: 30_000 };

/** A server that follows the primary: what it holds, and what is wrong with it. */
export class Replica {
  readonly #url: string;
  readonly #watch: RevisionWatch;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #db: Promise<Database> | undefined;
  #mark: RevisionMark | undefined;
  #trouble: Error | undefined = new Error("it was not seen yet");
  #failures = 0;
  #restsUntil = 0;

  /** @param onMark told of each revision that the replica gets to */
  constructor(url: string, onMark: (mark: RevisionMark) => void) {
    this.#url = url;
    this.#watch = watchRevisions(
      url,
      (mark) => {
        this.#mark = mark;
        onMark(mark);
      },
      {
        isReplica: true,
        onWell: () => {
          this.#trouble = undefined;
          this.#events.emit("well");
        },
        onTrouble: (error) => {
          this.#trouble = error;
          this.#events.emit("lost", error);
        },
      },
    );
  }

  /** The newest that was seen of it; undefined before the first look. */
  get mark(): RevisionMark | undefined {
    return this.#mark;
  }

  /** Why it is not read from; undefined while all is well. */
  get trouble(): Error | undefined {
    return this.#trouble;
  }

  get isUsable(): boolean {
    return this.#trouble === undefined && performance.now() >= this.#restsUntil;
  }

  /** Waits for the first word about it, good or bad. */
  async meet(): Promise<void> {
    if (this.#mark !== undefined) return;
    const met = new AbortController();
    const { signal } = met;
    await Promise.race([once(this.#events, "well", { signal }), once(this.#events, "lost", { signal })]).catch(
      () => undefined,
    );
    met.abort();
  }

  /**
   * Reads from it, as long as it is well.
   *
   * @param mark what it must hold
   * @throws ReplicaBehind when it does not; else what the work throws, and unless that is an answer, it rests
   */
  async read<T>(mark: RevisionMark, work: (db: Database) => Promise<T>): Promise<T> {
    try {
      const result = await this.#unlessLost(this.#open().then((db) => work({ ...db, holds: mark })));
      this.#failures = 0;
      return result;
    } catch (error) {
      if (!isAnswer(error)) this.#rest();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#watch.stop(), this.#db?.then(closeDatabase).catch(() => undefined)]);
  }

  #open(): Promise<Database> {
    this.#db ??= openDatabase(this.#url).catch((error: unknown) => {
      this.#db = undefined;
      throw error;
    });
    return this.#db;
  }

  #rest(): void {
    this.#restsUntil = performance.now() + Math.min(REST.longest, REST.first * 2 ** this.#failures);
    this.#failures += 1;
  }

  /** A stopped server keeps its connections and answers nothing; the watch, which is impatient, tells. */
  #unlessLost<T>(read: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#events.once("lost", reject);
      read.then(resolve, reject).finally(() => this.#events.off("lost", reject));
    });
  }
}

/** Said by a server that works. */
function isAnswer(error: unknown): boolean {
  return error instanceof ReplicaBehind || error instanceof RevisionNotFound || error instanceof RevisionExpired;
}
