import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.js";
import { Replica } from "./replica.js";
import { RevisionExpired } from "./revision-expired.js";
import { ReplicaBehind, type RevisionMark } from "./revision-mark.js";

/** Milliseconds that replicas are given to catch up before the primary is read instead. */
const GRACE = 100;

export interface ReadersOptions {
  /** Told of each failed read, with the replica's number from 1 on. */
  readonly onTrouble?: (replica: number, reason: unknown) => void;
}

/** Where facts are read: from replicas in turn, as far as they hold what is wanted, else from the primary. */
export class Readers {
  readonly replicas: readonly Replica[];
  readonly #onTrouble: NonNullable<ReadersOptions["onTrouble"]>;
  #onMark: (mark: RevisionMark) => void = () => undefined;
  #turn = Math.floor(Math.random() * 1_000);
  #reads: number[];

  private constructor(
    readonly primary: Database,
    urls: readonly string[],
    { onTrouble = () => undefined }: ReadersOptions,
  ) {
    this.replicas = urls.map((url) => new Replica(url, (mark) => this.#onMark(mark)));
    this.#reads = [0, ...urls.map(() => 0)];
    this.#onTrouble = onTrouble;
  }

  /** Meets the replicas; one that cannot be reached is met later. */
  static async open(primary: Database, urls: readonly string[], options: ReadersOptions = {}): Promise<Readers> {
    const readers = new Readers(primary, urls, options);
    await Promise.all(readers.replicas.map((replica) => replica.meet()));
    return readers;
  }

  /** @param listener told of each revision that a replica gets to from now on */
  follow(listener: (mark: RevisionMark) => void): void {
    this.#onMark = listener;
  }

  /** How many reads succeeded at the primary, then at each replica. */
  get reads(): readonly number[] {
    return this.#reads;
  }

  /**
   * Reads from a replica that holds `mark`, else from the primary.
   *
   * @param work may run several times, on one server after another
   * @throws what the work throws at the primary
   */
  async read<T>(mark: RevisionMark, work: (db: Database) => Promise<T>): Promise<T> {
    const found = await this.tryReplicas(mark, work);
    return found === undefined ? await this.readPrimary(work) : found.result;
  }

  async readPrimary<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const result = await work(this.primary);
    this.#count(0);
    return result;
  }

  /**
   * Reads from a replica that holds `mark`; undefined when none can.
   *
   * @throws RevisionExpired, which is the same everywhere and for good
   */
  async tryReplicas<T>(
    mark: RevisionMark,
    work: (db: Database) => Promise<T>,
  ): Promise<{ readonly result: T } | undefined> {
    for (let isLast = false; ; isLast = true) {
      let isBehind = false;
      for (const number of this.#inTurn()) {
        try {
          const result = await this.replicas[number - 1]?.read(mark, work);
          this.#count(number);
          if (result !== undefined) return { result };
        } catch (error) {
          if (error instanceof RevisionExpired) throw error;
          isBehind ||= error instanceof ReplicaBehind;
          this.#onTrouble(number, error);
        }
      }
      if (isLast || !isBehind) return undefined;
      await sleep(GRACE);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }

  /** Numbers of the replicas that are well, each time another one first. */
  #inTurn(): readonly number[] {
    const count = this.replicas.length;
    this.#turn += 1;
    const all = this.replicas.map((_, at) => (at + this.#turn) % count);
    return all.filter((at) => this.replicas[at]?.isUsable === true).map((at) => at + 1);
  }

  #count(number: number): void {
    this.#reads[number] = (this.#reads[number] ?? 0) + 1;
  }
}
