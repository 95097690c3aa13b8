import { readConfig } from "../app/config.js";
import { silentLog } from "../app/log.js";
import { openStore, type Store } from "../app/open-store.js";
import { exitCode } from "./exit-code.js";

/**
 * Runs a command's work on the database that the settings name. An interrupt ends the process; the database then rolls
 * back what was under way.
 */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(readConfig(process.env), silentLog);
  const interrupt = () => {
    process.stderr.write("\ninterrupted: nothing was changed\n");
    const leave = () => process.exit(exitCode.interrupted);
    store.abandon().then(leave, leave);
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    return await work(store);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await store.close();
  }
}
