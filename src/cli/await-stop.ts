import { exitCode } from "./exit-code.js";

/** Milliseconds between two looks at whether the parent still lives. */
const interval = 500;

/**
 * Waits for the request to stop: SIGINT, SIGTERM, or, run by npm, the end of npm's shell, which takes a signal to itself
 * and leaves us behind. A second signal ends the process at once.
 *
 * @returns what asked for it
 */
export function awaitStop(): Promise<string> {
  return new Promise((resolve) => {
    let isAsked = false;
    const take = (signal: string) => {
      if (isAsked) process.exit(exitCode.interrupted);
      isAsked = true;
      resolve(signal);
    };
    process.on("SIGINT", take).on("SIGTERM", take);
    if (process.env.npm_lifecycle_event !== undefined) awaitOrphanage(() => resolve("the end of npm"));
  });
}

function awaitOrphanage(onOrphaned: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, interval);
  timer.unref();
}
