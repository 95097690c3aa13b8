/** Milliseconds that a line waits for others: a busy server writes many lines at once, as each write costs as much as an answer. */
const patience = 100;
/** Characters that are written at once, without waiting. */
const plenty = 65_536;

/** Where lines go, many in one write. */
export interface LineSink {
  readonly write: (line: string) => void;
  /** Writes what is waiting. */
  readonly flush: () => void;
}

/** Gathers lines for a stream. What waits is written when the process ends, but not when it is killed. */
export function gatherLines(stream: { readonly write: (text: string) => unknown }): LineSink {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = "";
    if (lines !== "") stream.write(lines);
  };
  process.once("exit", flush);
  const write = (line: string) => {
    waiting += line;
    if (waiting.length > plenty) flush();
    else timer ??= setTimeout(flush, patience).unref();
  };
  return { write, flush };
}
