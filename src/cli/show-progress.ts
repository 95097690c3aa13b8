import { SingleBar } from "cli-progress";

export interface Progress {
  readonly step: (done: number, total: number, next: string) => void;
  readonly end: () => void;
}

/** A bar on standard error while a person watches; silent when nobody does. */
export function showProgress(): Progress {
  if (!process.stderr.isTTY) return { step: () => undefined, end: () => undefined };
  const bar = new SingleBar({ format: "{bar} {value}/{total} {next}", stream: process.stderr, clearOnComplete: true });
  let isStarted = false;
  return {
    step: (done, total, next) => {
      if (isStarted) bar.update(done, { next });
      else bar.start(total, done, { next });
      isStarted = true;
    },
    end: () => bar.stop(),
  };
}
