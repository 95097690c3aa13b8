import { exitCode } from "./exit-code.js";

/**
 * Runs work that an interrupt may end: `leave` closes what must not stay behind, then the process ends. What the database
 * was about to change is rolled back.
 */
export async function onInterrupt<T>(leave: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const end = () => process.exit(exitCode.interrupted);
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
    process.stderr.write("\ninterrupted\n");
    leave().then(end, end);
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await work();
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    // Work that fails because its database is being closed has nothing more to say.
    if (isInterrupted) await new Promise(() => undefined);
  }
}
