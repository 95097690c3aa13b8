/** What must appear in no output and no file. */
export interface Secrets {
  readonly keep: (values: readonly (string | undefined)[]) => void;
  /** The text with `***` in place of every secret. */
  readonly hide: (text: string) => string;
}

export function createSecrets(): Secrets {
  const kept = new Set<string>();
  return {
    keep: (values) => {
      for (const value of values) if (value) kept.add(value);
    },
    hide: (text) => [...kept].reduce((hidden, secret) => hidden.replaceAll(secret, "***"), text),
  };
}
