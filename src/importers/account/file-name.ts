/** What the name of an exported file tells. */
export interface ExportFileName {
  /** `<product>.<Operation>`, e.g. `ram.ListUsers`. */
  readonly operation: string;
  /** What follows: arguments first, then whatever keeps names apart. `%2E` stands for a dot within one. */
  readonly rest: readonly string[];
  /** One response in the file, or one a line. */
  readonly isLines: boolean;
}

/** Reads `<product>.<Operation>[.<argument>][.<anything>].json` or `.jsonl`; undefined for any other name. */
export function parseFileName(name: string): ExportFileName | undefined {
  const parts = /^([^.]+\.[^.]+)((?:\.[^.]+)*)\.json(l?)$/.exec(name);
  if (parts === null) return undefined;
  const [, operation = "", rest = "", lines] = parts;
  return { operation, rest: rest.split(".").slice(1).map(unescapeDots), isLines: lines === "l" };
}

function unescapeDots(segment: string): string {
  return segment.replace(/%2E/gi, ".");
}
