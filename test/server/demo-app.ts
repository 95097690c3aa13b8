import { type App, buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { openStore } from "../../src/app/open-store.js";
import { importDemo } from "../../src/app/run-demo.js";
import { createTestDatabase } from "../database.js";

export interface DemoApp {
  readonly app: App;
  readonly databaseUrl: string;
  readonly close: () => Promise<void>;
}

/** An app on a database of its own that holds the demonstration company. */
export async function openDemoApp(): Promise<DemoApp> {
  const database = await createTestDatabase();
  const config = { databaseUrl: database.url, dataDir: "" };
  const store = await openStore(config, silentLog);
  await importDemo(store.db, { allowShrink: false, onProgress: () => undefined });
  await store.close();
  const app = await buildApp(config, silentLog);
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { app, databaseUrl: database.url, close };
}
