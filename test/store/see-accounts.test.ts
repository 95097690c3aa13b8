import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { loadCatalog } from "../../src/app/load-catalog.js";
import { writeDemo } from "../../src/app/run-demo.js";
import { importAccountFolder } from "../../src/app/run-import.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { createTestDatabase } from "../database.js";
import { readInventory } from "./read-inventory.js";

const ACCOUNTS = ["1100000000000011", "1200000000000012", "1300000000000013", "1400000000000014"];
const CATALOG = join(import.meta.dirname, "../../catalog");

let folder: string;
let exports: readonly string[];
let everything: Database;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-see-"));
  exports = await writeDemo(join(folder, "company"));
  await renewSystemPolicy(join(exports[3] ?? "", "ram.GetPolicy.System.ReadOnlyAccess.json"));
  everything = await importing(exports);
});

afterAll(async () => {
  for (const close of closing) await close();
  await rm(folder, { recursive: true, force: true });
});

/** The last account has a newer text of a policy of the cloud's own than the others have. */
async function renewSystemPolicy(path: string): Promise<void> {
  const document = { Version: "1", Statement: [{ Effect: "Allow", Action: "*:Get*", Resource: "*" }] };
  const row = { PolicyName: "ReadOnlyAccess", PolicyType: "System", DefaultVersion: "v2", AttachmentCount: 1 };
  const version = { VersionId: "v2", IsDefaultVersion: true, CreateDate: "2026-06-01T00:00:00Z" };
  const response = { Policy: row, DefaultPolicyVersion: { ...version, PolicyDocument: JSON.stringify(document) } };
  await writeFile(path, JSON.stringify(response));
}

async function importing(folders: readonly string[]): Promise<Database> {
  const database = await createTestDatabase();
  const db = await openDatabase(database.url);
  closing.push(async () => {
    await closeDatabase(db);
    await database.drop();
  });
  await loadCatalog(db, CATALOG);
  for (const each of folders) await importAccountFolder(db, each, { allowShrink: false, onProgress: () => undefined });
  return db;
}

/** Revisions and times tell that something was imported, not what. */
function facts({ revision: _revision, committedAt: _committedAt, sources, accounts, ...rest }: Inventory) {
  return {
    ...rest,
    sources: sources.map(({ importedAt: _importedAt, ...source }) => source),
    accounts: accounts.map(({ importedAt: _importedAt, ...account }) => account),
  };
}

test.each([[[0]], [[1, 2]], [[0, 1, 3]], [[]]])(
  "who sees accounts %j sees what a database holds into which only these were imported",
  async (seen) => {
    const alone = await importing(exports.filter((_, index) => seen.includes(index)));
    const ids = new Set(ACCOUNTS.filter((_, index) => seen.includes(index)));
    expect(facts(await readInventory(everything, undefined, ids))).toEqual(facts(await readInventory(alone)));
  },
);

test("the export of each account is there, so that the law above compares something", async () => {
  const { sources } = await readInventory(everything);
  expect(exports.map((path) => basename(path))).toEqual(["kestrel", "kestrel-shop", "kestrel-lab", "kestrel-audit"]);
  expect(sources.filter(({ kind }) => kind === "ACCOUNT_EXPORT")).toHaveLength(4);
});
