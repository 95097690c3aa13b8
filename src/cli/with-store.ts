import { readConfig } from "../app/config.js";
import { silentLog } from "../app/log.js";
import { openStore, type Store } from "../app/open-store.js";
import { onInterrupt } from "./on-interrupt.js";

/** Runs a command's work on the database that the settings name, and closes it whatever happens. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const opening = openStore(readConfig(process.env), silentLog);
  const abandon = async () => await (await opening).abandon();
  return await onInterrupt(abandon, async () => {
    const store = await opening;
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  });
}
