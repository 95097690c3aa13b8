import { describe, expect, test } from "@jest/globals";
import { NO_DIRECTORY } from "../../src/inventory/directory.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { account, ROLES_PAGE } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const ID = "1234567890123456";
const WARNING = { code: "ODD", severity: "WARNING", message: "first" } as const;

describe("the report of an import", () => {
  const at = withDatabase();
  const batch = {
    ...account(ID),
    findings: [WARNING, { ...WARNING, message: "second" }, { ...WARNING, code: "BAD", severity: "ERROR" as const }],
    gaps: [{ reason: "RESOURCE_GROUP_UNKNOWN" as const, subject: ID, detail: "no groups", accountId: ID }],
  };
  const runs = async () => await at.db.dataSource.query<object[]>("SELECT FROM import_run");

  test.each([
    ["an account", () => importAccount(at.db, batch, { isDryRun: true })],
    ["pages", () => importCatalog(at.db, [ROLES_PAGE], { isDryRun: true })],
  ])("a dry run of %s tells what would be and leaves nothing, not even a record", async (_name, run) => {
    const before = await readInventory(at.db);
    expect(await run()).toMatchObject({ isDryRun: true, before: "0", revision: "1", changed: 0, removed: 0 });
    expect(await readInventory(at.db)).toEqual(before);
    expect(await runs()).toEqual([]);
  });

  test("findings come by kind, the worst first, then gaps, and the revisions before and after", async () => {
    const tables: string[] = [];
    const report = await importAccount(at.db, batch, {
      onTable: (done, total, table) => tables.push(`${done}/${total} ${table}`),
    });
    expect(report).toMatchObject({
      before: "0",
      revision: "1",
      isDryRun: false,
      noted: [
        { severity: "ERROR", code: "BAD", count: 1, example: "first" },
        { severity: "WARNING", code: "ODD", count: 2, example: "first" },
      ],
      gaps: [{ reason: "RESOURCE_GROUP_UNKNOWN", count: 1, example: "no groups" }],
    });
    expect(tables[0]).toMatch(/^0\/\d+ source$/);
    expect(await importAccount(at.db, batch)).toMatchObject({ before: "1", revision: null, tables: [] });
  });

  test("one that would remove more than half is refused in a dry run as well, and leaves no record there", async () => {
    const { length } = await runs();
    const nobody = {
      users: [],
      groups: [],
      memberships: [],
      roles: [],
      policies: [],
      attachments: [],
      ...NO_DIRECTORY,
    };
    const empty = { ...batch, facts: { ...batch.facts, ...nobody } };
    await expect(importAccount(at.db, empty, { isDryRun: true })).rejects.toThrow("would remove");
    expect(await runs()).toHaveLength(length);
    await expect(importAccount(at.db, empty)).rejects.toThrow("would remove");
    expect(await runs()).toHaveLength(length + 1);
    const allowed = await importAccount(at.db, empty, { allowShrink: true, isDryRun: true });
    expect(allowed).toMatchObject({ before: "1", revision: "2", isDryRun: true });
  });
});
