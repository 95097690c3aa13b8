import { silentLog } from "../src/app/log.js";
import { migrateStore } from "../src/app/migrate-store.js";
import { openStore } from "../src/app/open-store.js";
import { importAccountFolder } from "../src/app/run-import.js";

/** Imports an export as `ramgraph import account` does, and says what it took: `import-world.ts <data folder> <export>`. */
const [dataDir = "", folder = ""] = process.argv.slice(2);
const store = await openStore({ databaseUrl: undefined, dataDir }, silentLog);
try {
  await migrateStore(store);
  const { durationMs } = await importAccountFolder(store.db, folder, {
    allowShrink: false,
    onProgress: () => undefined,
  });
  process.send?.({ durationMs, peakRss: process.resourceUsage().maxRSS * 1024 });
} finally {
  await store.close();
}
process.disconnect();
