/** JSON, or JSON that comes later. */
export type Text = string | Promise<string>;

/** Longer strings are written faster by who writes many letters at once. */
const longest = 256;
const [quote, backslash, firstPrintable, lastPrintable] = [0x22, 0x5c, 0x20, 0x7e];

/** Takes JSON piece by piece: a string that is put together of small ones costs more than what it is put together of. */
export class JsonSink {
  private bytes = Buffer.allocUnsafe(16_384);
  private length = 0;
  /** Nothing but ASCII was written since the last part. */
  private isAscii = true;
  private parts: (readonly [before: string, coming: Promise<string>])[] = [];

  /** @param text ASCII, as bytes */
  writeBytes(text: Uint8Array): void {
    const { length } = text;
    this.reserve(length);
    const { bytes, length: start } = this;
    for (let index = 0; index < length; index += 1) bytes[start + index] = text[index] ?? 0;
    this.length = start + length;
  }

  /** @param text JSON */
  writeJson(text: string): void {
    // A letter takes three bytes at most; one of two halves takes four.
    this.reserve(3 * text.length);
    const written = this.bytes.write(text, this.length);
    this.isAscii &&= written === text.length;
    this.length += written;
  }

  /** Writes a string as JSON. */
  writeString(text: string): void {
    if (text.length > longest || !this.writePlain(text)) this.writeJson(JSON.stringify(text));
  }

  /** False where a letter is no plain one, and then nothing was written. */
  private writePlain(text: string): boolean {
    const { length } = text;
    this.reserve(length + 2);
    const { bytes } = this;
    const start = this.length + 1;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < firstPrintable || code > lastPrintable || code === quote || code === backslash) return false;
      bytes[start + index] = code;
    }
    bytes[start - 1] = quote;
    bytes[start + length] = quote;
    this.length = start + length + 1;
    return true;
  }

  /** Leaves room for JSON that comes later. */
  writeLater(coming: Promise<string>): void {
    this.parts.push([this.take(), coming]);
  }

  /** All that was written, and begins anew. */
  end(): Text {
    const last = this.take();
    const { parts } = this;
    if (parts.length === 0) return last;
    this.parts = [];
    const [[before, coming] = ["", ""], ...more] = parts;
    // Waiting for one takes less than for all.
    if (more.length === 0) return Promise.resolve(coming).then((text) => before + text + last);
    const all = parts.map(async ([text, rest]) => text + (await rest));
    return Promise.all(all).then((texts) => texts.join("") + last);
  }

  /** Forgets what was written, and hears of failures of what comes later: nobody else does. */
  clear(): void {
    for (const [, coming] of this.parts) coming.catch(ignore);
    [this.length, this.isAscii, this.parts] = [0, true, []];
  }

  get size(): number {
    return this.bytes.length;
  }

  private take(): string {
    const { bytes, length, isAscii } = this;
    [this.length, this.isAscii] = [0, true];
    return bytes.toString(isAscii ? "latin1" : "utf8", 0, length);
  }

  private reserve(more: number): void {
    const { bytes, length } = this;
    if (length + more <= bytes.length) return;
    this.bytes = Buffer.allocUnsafe(2 * (length + more));
    bytes.copy(this.bytes, 0, 0, length);
  }
}

const ignore = () => undefined;

const spare: JsonSink[] = [];
/** Bytes of a sink that is used again. */
const mostSpare = 1_048_576;

/** Gathers what is written at once, or says later what is written later. */
export function gatherJson(write: (sink: JsonSink) => void): Text {
  const sink = spare.pop() ?? new JsonSink();
  try {
    write(sink);
    return sink.end();
  } finally {
    sink.clear();
    if (sink.size <= mostSpare) spare.push(sink);
  }
}
