import { setTimeout as sleep } from "node:timers/promises";
import { type ApiToken, listApiTokens } from "../store/api-tokens.js";
import type { Database } from "../store/database.js";
import { isSecret, readApiToken } from "./api-token-text.js";
import type { Log } from "./log.js";

/** Milliseconds after which a token that was made or ended elsewhere is known here. */
const PAUSE = 500;

/** All API tokens, in memory: a request waits for no database, and goes on being known while that is away. */
export class TokenBook {
  readonly #ending = new AbortController();
  readonly #reading: Promise<void>;
  #tokens: ReadonlyMap<string, ApiToken>;

  private constructor(db: Database, log: Log, first: readonly ApiToken[]) {
    this.#tokens = byId(first);
    this.#reading = this.#keepReading(db, log);
  }

  /** Reads the tokens and goes on reading them twice a second. */
  static async open(db: Database, log: Log): Promise<TokenBook> {
    return new TokenBook(db, log, await listApiTokens(db));
  }

  /** The token that this text is, while it is worth something; else undefined. */
  find(text: string, now: Date): ApiToken | undefined {
    const parts = readApiToken(text);
    const token = parts && this.#tokens.get(parts.id);
    if (parts === undefined || token === undefined || !isSecret(parts.secret, token.secretSha256)) return undefined;
    return token.revokedAt === null && token.expiresAt > now ? token : undefined;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#reading;
  }

  async #keepReading(db: Database, log: Log): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await sleep(PAUSE, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.#tokens = byId(await listApiTokens(db));
      } catch (error) {
        log.debug({ err: error }, "API tokens could not be read; those known last hold");
      }
    }
  }
}

function byId(tokens: readonly ApiToken[]): ReadonlyMap<string, ApiToken> {
  return new Map(tokens.map((token) => [token.id, token]));
}
