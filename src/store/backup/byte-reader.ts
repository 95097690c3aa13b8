import { createHash } from "node:crypto";
import { BackupRefused } from "./backup-refused.js";

const newline = 10;
const isCutShort = "it is cut short";

/** Reads bytes as they come, by the line or by the number, and keeps their digest. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #hash = createHash("sha256");
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Digest of all that was read so far, lower-case hex. */
  get sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  /**
   * The next line, without its end.
   *
   * @param limit bytes
   * @throws BackupRefused when it is longer, or the bytes end within it
   */
  async line(limit: number): Promise<string> {
    const parts: Buffer[] = [];
    for (let size = 0; size <= limit; ) {
      const at = this.#rest.indexOf(newline);
      const part = this.#take(at === -1 ? this.#rest.length : at + 1);
      parts.push(part);
      size += part.length;
      if (at !== -1) return Buffer.concat(parts).toString("utf8", 0, size - 1);
      if (!(await this.#fill())) throw new BackupRefused(isCutShort);
    }
    throw new BackupRefused("it is no backup of ramgraph, or damaged: a line is too long");
  }

  /**
   * The next bytes, in pieces.
   *
   * @throws BackupRefused when there are not as many
   */
  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      if (this.#rest.length === 0 && !(await this.#fill())) throw new BackupRefused(isCutShort);
      const piece = this.#take(Math.min(missing, this.#rest.length));
      missing -= piece.length;
      yield piece;
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#fill());
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#hash.update(taken);
    return taken;
  }

  async #fill(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}
