type Write = (facts: Readonly<Record<string, unknown>>, message: string) => void;

/** Where the running program reports to its operator: facts as fields, then one plain sentence. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

const drop: Write = () => undefined;

/** For commands that tell what happened themselves. */
export const silentLog: Log = { debug: drop, info: drop, warn: drop, error: drop };
