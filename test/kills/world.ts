import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase } from "../../src/store/database.js";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/store/embedded/start-embedded-postgres.js";
import { type Finished, type RunningServer, runCommand, startCommand, startServer } from "../ramgraph-process.js";
import { readInventory } from "../store/read-inventory.js";

/** What is killed in the middle of an import. */
export const VICTIMS = ["importer", "postmaster", "postmaster, at once and in order", "server"] as const;
export type Victim = (typeof VICTIMS)[number];

/** An account has one of two states; half of its users are others in the other. */
export type State = "one" | "other";
export const otherOf = (state: State): State => (state === "one" ? "other" : "one");

export interface Killed {
  /** How the import that was under way ended. */
  readonly finished: Finished;
  readonly state: State | "between";
  readonly revisions: number;
  /** How the next run of the same import ended. */
  readonly again: Finished;
  readonly stateAgain: State | "between";
}

type Digests = Readonly<Record<State, string>>;

/** A data folder of its own with a Postgres that may be killed, and two exports of one account. */
export class KillWorld {
  readonly #folder: string;
  readonly #settings: { readonly RAMGRAPH_DATA_DIR: string; readonly LOG_LEVEL: string };
  #digests: Digests = { one: "", other: "" };
  #postgres: EmbeddedPostgres | undefined;
  #server: RunningServer | undefined;
  /** Milliseconds that an import takes, from the start of its process to the end. */
  duration = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#settings = { RAMGRAPH_DATA_DIR: join(folder, "data"), LOG_LEVEL: "silent" };
  }

  /** Imports both states to know them and how long that takes; the world is in the state `one` then. */
  static async make(users: number): Promise<KillWorld> {
    const world = new KillWorld(await mkdtemp(join(tmpdir(), "ramgraph-kills-")));
    try {
      await world.#prepare(users);
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  async #prepare(users: number): Promise<void> {
    const starts = { one: 0, other: Math.ceil(users / 2) };
    for (const state of ["one", "other"] as const) await writeExport(join(this.#folder, state), starts[state], users);
    await this.#startPostgres();
    // A server brings the shipped catalog, which is no part of what is compared.
    this.#server = await startServer(this.#settings);
    await this.import("one");
    const one = (await this.#look()).digest;
    await this.import("other");
    this.#digests = { one, other: (await this.#look()).digest };
    const begin = performance.now();
    await this.import("one");
    this.duration = performance.now() - begin;
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    await (await this.#startPostgres()).stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  import(state: State): Promise<Finished> {
    return runCommand(this.#command(state), this.#settings);
  }

  /** Kills the victim so many milliseconds after the import of that state began, then runs it again. */
  async kill(victim: Victim, target: State, after: number): Promise<Killed> {
    if (victim === "server") this.#server ??= await startServer(this.#settings);
    const before = await this.#look();
    const { child, finished } = startCommand(this.#command(target), this.#settings);
    await sleep(after);
    if (victim === "importer") child.kill("SIGKILL");
    else await this.#strike(victim);
    const end = await finished;
    await this.#startPostgres();
    const { digest, revision } = await this.#look();
    const again = await this.import(target);
    const last = await this.#look();
    return {
      finished: end,
      state: this.#stateOf(digest),
      revisions: revision - before.revision,
      again,
      stateAgain: this.#stateOf(last.digest),
    };
  }

  async #strike(victim: Exclude<Victim, "importer">): Promise<void> {
    if (victim === "server") {
      this.#server?.child.kill("SIGKILL");
      await this.#server?.stop();
      this.#server = undefined;
      return;
    }
    const lockFile = await readFile(join(this.#settings.RAMGRAPH_DATA_DIR, "postgres/data/postmaster.pid"), "utf8");
    process.kill(Number(lockFile.split("\n")[0]), victim === "postmaster" ? "SIGKILL" : "SIGQUIT");
  }

  async #startPostgres(): Promise<EmbeddedPostgres> {
    const { RAMGRAPH_DATA_DIR: dataDir } = this.#settings;
    // Entering before leaving keeps a server that lives from being stopped in between.
    const entered = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    await this.#postgres?.stop();
    this.#postgres = entered;
    return entered;
  }

  async #look(): Promise<{ readonly digest: string; readonly revision: number }> {
    const db = await openDatabase(this.#postgres?.url ?? "");
    try {
      const { revision, committedAt: _committedAt, ...facts } = await readInventory(db);
      return { digest: digestOf(facts), revision: Number(revision) };
    } finally {
      await closeDatabase(db);
    }
  }

  #stateOf(digest: string): State | "between" {
    const { one, other } = this.#digests;
    return digest === one ? "one" : digest === other ? "other" : "between";
  }

  #command(state: State): readonly string[] {
    return ["import", "account", join(this.#folder, state), "--json"];
  }
}

/** Of everything but when it was imported. */
function digestOf(facts: object): string {
  const text = JSON.stringify(facts, (key, value: unknown) => (key === "importedAt" ? undefined : value));
  return createHash("sha256").update(text).digest("hex");
}

async function writeExport(folder: string, start: number, count: number): Promise<void> {
  await mkdir(folder);
  const User = Array.from({ length: count }, (_, index) => ({
    UserName: `user-${start + index}`,
    UserId: String(index),
  }));
  const identity = { IdentityType: "RAMUser", AccountId: "1000000000000009" };
  await writeFile(join(folder, "sts.GetCallerIdentity.json"), JSON.stringify(identity));
  await writeFile(join(folder, "ram.ListUsers.json"), JSON.stringify({ IsTruncated: false, Users: { User } }));
}
