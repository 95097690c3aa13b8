import { SingleBar } from "cli-progress";

export interface Progress {
  readonly step: (done: number, total: number, next: string) => void;
  readonly end: () => void;
}

/** Milliseconds between two lines in a log. */
const INTERVAL = 5_000;

/** On standard error: a bar while a person watches, a line every few seconds otherwise. */
export function showProgress(): Progress {
  return process.stderr.isTTY ? showBar() : writeLines();
}

function showBar(): Progress {
  const format = "{bar} {percentage}% {next}";
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, fps: 10 });
  let isStarted = false;
  return {
    step: (done, total, next) => {
      if (!isStarted) bar.start(total, done, { next });
      isStarted = true;
      bar.setTotal(total);
      bar.update(done, { next });
    },
    end: () => bar.stop(),
  };
}

function writeLines(): Progress {
  let written = Date.now();
  return {
    step: (done, total, next) => {
      if (Date.now() - written < INTERVAL) return;
      written = Date.now();
      process.stderr.write(`${next}: ${total === 0 ? 100 : Math.floor((done / total) * 100)} %\n`);
    },
    end: () => undefined,
  };
}
