import { describe, expect, test } from "@jest/globals";
import { policyKey, userKey } from "../../src/inventory/keys.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { readRevision } from "../../src/store/read-revision.js";
import { AUTHORIZATION_PAGE, account, systemPolicy } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const user = (accountId: string, name: string) => ({ accountId, name });

describe("names are kept and compared exactly", () => {
  const at = withDatabase();
  const NAMES = [
    "e\u0301",
    "é",
    "K",
    "\u212a",
    "a\u200bb",
    "ab",
    "\u202eba",
    "İ",
    "i",
    "%",
    "_",
    "\\",
    "'; --",
    "𝄞",
    "\uffee",
    "__proto__",
  ];

  test("twins of other code points are other users, in the order of their bytes", async () => {
    const users = NAMES.map((name) => user("444", name));
    await importAccount(at.db, account("444", { users, memberships: [], attachments: [] }));
    const { users: read } = await readInventory(at.db);
    const inBytes = [...NAMES].sort((a, b) =>
      Buffer.compare(Buffer.from(userKey("444", a)), Buffer.from(userKey("444", b))),
    );
    expect(read.map(({ name }) => name)).toEqual(inBytes);
  });
});

describe("imports side by side", () => {
  const at = withDatabase();

  test("of different and of the same accounts all end, and the last of each holds", async () => {
    const ids = ["501", "502", "503", "504"];
    const turns = [1, 2, 3].flatMap((turn) => ids.map((id) => ({ id, turn })));
    const imports = turns.map(({ id, turn }) =>
      importAccount(at.db, account(id, { account: { id, alias: `t${turn}` } })),
    );
    const reports = await Promise.all([...imports, importCatalog(at.db, [AUTHORIZATION_PAGE])]);
    const revisions = reports.flatMap(({ revision }) => (revision === null ? [] : [revision]));
    expect(new Set(revisions).size).toBe(revisions.length);
    expect((await readRevision(at.db)).revision).toBe(String(revisions.length));
    const { accounts, users } = await readInventory(at.db);
    expect(accounts.map(({ id }) => id)).toEqual(ids);
    expect(users).toHaveLength(ids.length * 2);
  });

  test("a system policy that two accounts export keeps the newer version, whoever comes first", async () => {
    const export_ = (id: string, version: string, day: string) => {
      const system = systemPolicy(version, `{"Version":"1","Statement":["${version}"]}`, `${day}T00:00:00Z`);
      return account(id, { policies: [...account(id).facts.policies.slice(0, 2), system] });
    };
    const [older, newer] = [export_("601", "v9", "2024-01-01"), export_("602", "v10", "2024-06-01")];
    const outcomes = [];
    for (const order of [
      [older, newer],
      [newer, older],
    ]) {
      for (const batch of order) await importAccount(at.db, batch);
      const { policies, findings } = await readInventory(at.db);
      const found = policies.find(({ name }) => name === "AliyunMQFullAccess");
      outcomes.push({ found, findings: findings.filter(({ code }) => code === "FACT_OVERRIDDEN") });
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]?.found).toMatchObject({
      versions: [{ versionId: "v10" }],
      sourceKey: newer.source.key,
      isHighRisk: true,
    });
    expect(outcomes[0]?.findings).toContainEqual(
      expect.objectContaining({
        sourceKey: older.source.key,
        subject: policyKey("SYSTEM", undefined, "AliyunMQFullAccess"),
      }),
    );
  });

  test("a system policy stays while any account has it, and goes with the last", async () => {
    const named = { ...systemPolicy("v1", "{}", "2024-01-01T00:00:00Z"), name: "AliyunOnlyHere" };
    const having = (id: string) => account(id, { policies: [...account(id).facts.policies, named] });
    const isThere = async () => (await readInventory(at.db)).policies.some(({ name }) => name === named.name);
    await importAccount(at.db, having("701"));
    await importAccount(at.db, having("702"));
    await importAccount(at.db, account("701"));
    expect(await isThere()).toBe(true);
    await importAccount(at.db, account("702"));
    expect(await isThere()).toBe(false);
  });
});
