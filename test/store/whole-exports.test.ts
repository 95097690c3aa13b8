import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { readAccountExport } from "../../src/importers/account/read-account-export.js";
import type { AccountBatch } from "../../src/inventory/batch.js";
import { importAccount } from "../../src/store/import-account.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const FIXTURES = new URL("../fixtures/accounts/", import.meta.url);
const [HOLDING, ACME] = ["2000000000000002", "1000000000000001"];

async function readExport(name: string): Promise<AccountBatch> {
  const reading = await readAccountExport(new URL(name, FIXTURES).pathname);
  if ("batch" in reading) return reading.batch;
  throw new Error(reading.refusal.message);
}

describe("whole exports, from their files to the inventory", () => {
  const at = withDatabase();

  test("keep every fact, and change nothing when they come again", async () => {
    const batches = [await readExport("acme"), await readExport("holding")];
    for (const batch of batches) expect(await importAccount(at.db, batch)).toMatchObject({ removed: 0 });
    const read = await readInventory(at.db);
    const { account: _account, roles: _roles, policies: _policies, ...facts } = (await readExport("holding")).facts;
    const { users, groups: _groups, memberships: _memberships, attachments: _attachments, ...rest } = facts;
    expect(read).toMatchObject(rest);
    expect(read.users).toEqual([...(batches[0]?.facts.users ?? []), ...users]);
    for (const batch of batches) expect(await importAccount(at.db, batch)).toMatchObject({ revision: null });
    expect(await readInventory(at.db)).toEqual(read);
  });

  test("compile: each level of a member account has its control policies", async () => {
    const { controlLevels } = compileSnapshot(await readInventory(at.db));
    const levels = controlLevels
      .get("3000000000000003")
      ?.levels.map(({ grants }) => [...new Set(grants.map(({ policy }) => policy.split(":").at(-1)))]);
    expect(levels).toEqual([
      ["fullaliyunaccess", "keeplogs"],
      ["fullaliyunaccess"],
      ["onlyknownservices"],
      ["fullaliyunaccess", "nospending"],
    ]);
  });

  test("tell what is not known: of the account outside of the directory, and not of its manager", async () => {
    const { gaps } = await readInventory(at.db);
    const control = gaps.filter(({ reason }) => reason === "CONTROL_POLICIES_NOT_IMPORTED");
    expect(control.map(({ accountId }) => accountId)).toEqual([ACME]);
    expect(gaps.filter(({ accountId }) => accountId === HOLDING)).toEqual([]);
  });
});
