import { describe, expect, test } from "@jest/globals";
import type { AccountBatch } from "../../src/inventory/batch.js";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import { NO_RESOURCES } from "../../src/inventory/resource.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { readRevision } from "../../src/store/read-revision.js";
import { RevisionNotFound } from "../../src/store/revision-not-found.js";
import { AUTHORIZATION_PAGE, account, page, ROLES_PAGE } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

/** A statement for each way of writing: they are a stranger's, not ours. */
const BY_HAND = [
  ["insert", "INSERT INTO service (code, name, since_revision) VALUES ('oss', 'Object Storage', 99)"],
  ["update", "UPDATE service SET name = 'OSS' WHERE code = 'oss'"],
  ["update that touches nothing", "UPDATE service SET name = name WHERE false"],
  ["delete", "DELETE FROM service WHERE code = 'oss'"],
  ["truncate", "TRUNCATE coverage_gap"],
] as const;

describe("revisions", () => {
  const at = withDatabase();

  test.each(BY_HAND)("an %s by hand makes one", async (_, sql) => {
    const before = BigInt((await readRevision(at.db)).revision);
    await at.db.dataSource.query(sql);
    expect(BigInt((await readRevision(at.db)).revision)).toBe(before + 1n);
  });

  test("one transaction makes one, however much it writes", async () => {
    const before = BigInt((await readRevision(at.db)).revision);
    await at.db.dataSource.transaction(async (manager) => {
      for (const [, sql] of BY_HAND) await manager.query(sql);
    });
    expect(BigInt((await readRevision(at.db)).revision)).toBe(before + 1n);
  });

  test("a transaction that fails, or part of one, makes none", async () => {
    const before = await readRevision(at.db);
    const failing = at.db.dataSource.transaction(async (manager) => {
      await manager.query("DELETE FROM service");
      await manager.query("SELECT 1 / 0");
    });
    await expect(failing).rejects.toThrow("division by zero");
    await at.db.dataSource.transaction(async (manager) => {
      await manager.query("SAVEPOINT part");
      await manager.query("DELETE FROM service");
      await manager.query("ROLLBACK TO part");
    });
    expect(await readRevision(at.db)).toEqual(before);
  });

  test("400 transactions of 16 writers neither deadlock nor share a revision, and commit in its order", async () => {
    const before = Number((await readRevision(at.db)).revision);
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let turn = 0; turn < 25; turn += 1) {
        await at.db.dataSource.transaction(async (manager) => {
          const [one, other] = writer % 2 === 0 ? ["a", "b"] : ["b", "a"];
          await manager.query(`INSERT INTO service (code, name) VALUES ('${one}', '${writer}')
                               ON CONFLICT (code) DO UPDATE SET name = excluded.name`);
          await manager.query(`INSERT INTO service (code, name) VALUES ('${other}', '${writer}')
                               ON CONFLICT (code) DO UPDATE SET name = excluded.name`);
        });
      }
    });
    await Promise.all(writers);
    const rows = await at.db.dataSource.query<{ revision: string }[]>(
      "SELECT revision FROM revision_log WHERE revision > $1 ORDER BY committed_at, revision",
      [before],
    );
    expect(rows.map(({ revision }) => Number(revision))).toEqual(Array.from({ length: 400 }, (_, i) => before + 1 + i));
    const torn = await at.db.dataSource.query<object[]>(
      `SELECT FROM service a JOIN service b ON a.code = 'a' AND b.code = 'b' AND a.name <> b.name`,
    );
    expect(torn).toEqual([]);
  });
});

describe("history", () => {
  const at = withDatabase();

  test("reads the state at every revision again, exactly", async () => {
    const imports = [
      () => importCatalog(at.db, [AUTHORIZATION_PAGE]),
      () => importAccount(at.db, account("111")),
      () => importCatalog(at.db, [ROLES_PAGE]),
      () => importAccount(at.db, account("222", { users: [], groups: [], memberships: [], attachments: [] })),
      () => importAccount(at.db, emptied(account("111")), { allowShrink: true }),
      () => at.db.dataSource.query("TRUNCATE finding, operation_condition_key"),
      () => importCatalog(at.db, [page("roles", {}, "2025-01-01")], { allowShrink: true }),
      () => importAccount(at.db, account("111")),
    ];
    const states = [await readInventory(at.db)];
    for (const run of imports) {
      await run();
      states.push(await readInventory(at.db));
    }
    expect(states.map(({ revision }) => revision)).toEqual(states.map((_, i) => String(i)));
    for (const state of states) {
      expect(await readInventory(at.db, { revision: state.revision })).toEqual(state);
      expect(await readInventory(at.db, { asOf: state.committedAt })).toEqual(state);
    }
  });

  test("never shows what one transaction wrote and took back", async () => {
    await at.db.dataSource.transaction(async (manager) => {
      await manager.query("INSERT INTO service (code, name) VALUES ('fleeting', 'x')");
      await manager.query("UPDATE service SET name = 'y' WHERE code = 'fleeting'");
      await manager.query("DELETE FROM service WHERE code = 'fleeting'");
    });
    const kept = await at.db.dataSource.query<object[]>("SELECT FROM service_history WHERE code = 'fleeting'");
    expect(kept).toEqual([]);
  });

  test.each([
    [{ revision: "1000000" }],
    [{ revision: "-1" }],
    [{ revision: "1; DROP TABLE role" }],
    [{ revision: "01" }],
    [{ revision: "99999999999999999999999" }],
    [{ revision: "" }],
    [{ asOf: "1999-01-01T00:00:00Z" }],
    [{ asOf: "infinity" }],
    [{ asOf: "2024-13-45T00:00:00Z" }],
  ])("has no revision for %j", async (when) => {
    await expect(readInventory(at.db, when)).rejects.toThrow(RevisionNotFound);
  });

  test("says since when anything is known", async () => {
    const long = readInventory(at.db, { asOf: "1999-01-01T00:00:00Z" });
    await expect(long).rejects.toThrow(/nothing is known of the time before 2\d{3}-\d\d-\d\dT/);
  });
});

function emptied(batch: AccountBatch): AccountBatch {
  const nobody = {
    users: [],
    groups: [],
    memberships: [],
    roles: [],
    policies: [],
    attachments: [],
    ...NO_DIRECTORY,
    ...NO_RESOURCES,
  };
  return { ...batch, facts: { ...batch.facts, ...nobody }, findings: [], gaps: [] };
}
