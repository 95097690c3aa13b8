import { SingleBar } from "cli-progress";

/** Shows work whose size shows only while it is done. */
export interface GrowingProgress {
  readonly step: (done: number, planned: number, what: string) => void;
  /** Says why nothing moves. */
  readonly note: (text: string) => void;
  readonly end: () => void;
}

/** Milliseconds between two lines in a log. */
const interval = 5_000;

/** On standard error: a bar with counts while a person watches, a line every few seconds otherwise. */
export function showGrowingProgress(): GrowingProgress {
  return process.stderr.isTTY ? showBar() : writeLines();
}

function showBar(): GrowingProgress {
  const format = "{bar} {value}/{total} {what} {note}";
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true });
  let isStarted = false;
  return {
    step: (done, planned, what) => {
      if (!isStarted) bar.start(planned, done, { what, note: "" });
      isStarted = true;
      bar.setTotal(planned);
      bar.update(done, { what, note: "" });
    },
    note: (text) => bar.update({ note: `(${text})` }),
    end: () => bar.stop(),
  };
}

function writeLines(): GrowingProgress {
  let written = Date.now();
  let noted = "";
  return {
    step: (done, planned, what) => {
      if (Date.now() - written < interval) return;
      written = Date.now();
      process.stderr.write(`${done} of ${planned} responses, ${what}${noted}\n`);
      noted = "";
    },
    note: (text) => {
      noted = ` (${text})`;
    },
    end: () => undefined,
  };
}
