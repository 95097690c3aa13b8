import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { askApp } from "../../src/app/ask.js";
import { buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { openStore, type Store } from "../../src/app/open-store.js";
import { packageRoot } from "../../src/app/package-root.js";
import { readExamples } from "../../src/app/read-examples.js";
import { backUpToFile, restoreFrom } from "../../src/app/run-backup.js";
import { importDemo } from "../../src/app/run-demo.js";
import { createTestDatabase } from "../database.js";

const examples = await readExamples(join(packageRoot, "schema/operations"));
const quiet = { onProgress: () => undefined };

/** What every example answers, times included. */
async function askAll(databaseUrl: string): Promise<readonly string[]> {
  const app = await buildApp({ databaseUrl, dataDir: "" }, silentLog);
  try {
    const texts: string[] = [];
    for (const { name, query, variables } of examples) {
      texts.push(`${name} ${JSON.stringify(await askApp(app, { query, operationName: name, variables }))}`);
    }
    return texts;
  } finally {
    await app.close();
  }
}

async function withStoreOf<T>(databaseUrl: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ databaseUrl, dataDir: "" }, silentLog);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

test("backup and restore give answers that are equal to the byte", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ramgraph-backup-"));
  const [first, second] = [await createTestDatabase(), await createTestDatabase({ isEmpty: true })];
  const file = join(folder, "all.backup");
  try {
    await withStoreOf(first.url, ({ db }) => importDemo(db, { allowShrink: false, ...quiet }));
    const answers = await askAll(first.url);
    const options = { version: "0.0.0", createdAt: new Date(), ...quiet };
    await withStoreOf(first.url, (store) => backUpToFile(store, file, false, options));
    await withStoreOf(second.url, (store) =>
      restoreFrom(store, file, process.stdin, { replace: false, isTrusted: false, ...quiet }),
    );
    expect(await askAll(second.url)).toEqual(answers);
  } finally {
    await Promise.all([first.drop(), second.drop(), rm(folder, { recursive: true, force: true })]);
  }
});
