/** The data of an answer as JSON that is written already. */
export class WrittenData {
  [member: string]: unknown;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static textOf(data: unknown): string | undefined {
    return data instanceof WrittenData ? data.#text : undefined;
  }

  /** For whoever writes it in another way than `write`. */
  toJSON(): unknown {
    return JSON.parse(this.#text);
  }
}
