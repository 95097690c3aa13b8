import type { Store } from "../app/open-store.js";

/** Runs a command's work on the database that the settings name, once its schema is up to date. */
export async function withMigratedStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const [{ withStore }, { migrateStore }] = await Promise.all([
    import("./with-store.js"),
    import("../app/migrate-store.js"),
  ]);
  return await withStore(async (store) => {
    await migrateStore(store);
    return await work(store);
  });
}
