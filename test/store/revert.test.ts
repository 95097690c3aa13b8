import { beforeAll, describe, expect, test } from "@jest/globals";
import type { AccountFacts } from "../../src/inventory/batch.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { forgetAccount } from "../../src/store/forget-account.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { listImportRuns } from "../../src/store/import-runs.js";
import { revertImport } from "../../src/store/revert-import.js";
import { AUTHORIZATION_PAGE, account, page, ROLES_PAGE, systemPolicy } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

/** An account's export in its nth state: each table, the system policy too, differs from state to state. */
function state(id: string, turn: number): ReturnType<typeof account> {
  const { facts } = account(id);
  const changes: Partial<AccountFacts> = {
    account: { id, alias: `t${turn}` },
    users: [...facts.users, { accountId: id, name: `turn-${turn}` }],
    policies: [
      ...facts.policies.slice(0, 2),
      systemPolicy(`v${turn}`, `{"Version":"1","Statement":[],"turn":"${turn}"}`, `2024-01-0${turn}T00:00:00Z`),
    ],
    resourceTags: facts.resourceTags.slice(0, turn),
    folders: facts.folders.map((folder) => ({ ...folder, name: `${folder.name}-${turn}` })),
  };
  return account(id, changes);
}

/** An inventory without what tells when it was. */
const factsOf = ({ revision: _revision, committedAt: _at, ...facts }: Inventory) => facts;

describe("taking back an import", () => {
  const at = withDatabase();
  const lastRun = async () => (await listImportRuns(at.db, 1))[0]?.id ?? "";
  const facts = async () => factsOf(await readInventory(at.db));

  async function run(work: () => Promise<unknown>): Promise<string> {
    await work();
    return await lastRun();
  }

  test("of an account brings back each of its tables and leaves all others alone", async () => {
    await importCatalog(at.db, [AUTHORIZATION_PAGE, ROLES_PAGE]);
    await importAccount(at.db, state("222", 2));
    await importAccount(at.db, state("111", 1));
    const before = await facts();
    const second = await run(() => importAccount(at.db, state("111", 3)));
    const after = await facts();
    expect(after).not.toEqual(before);
    const report = await revertImport(at.db, second);
    expect(report).toMatchObject({ revision: expect.any(String), findings: 2 });
    expect(await facts()).toEqual(before);
    const revert = await lastRun();
    await revertImport(at.db, revert);
    expect(await facts()).toEqual(after);
    await revertImport(at.db, await lastRun());
    expect(await facts()).toEqual(before);
  });

  test("keeps what others imported meanwhile", async () => {
    const run1 = await run(() => importAccount(at.db, state("111", 4)));
    await importAccount(at.db, state("222", 5));
    await importCatalog(at.db, [page("other", { services: [{ code: "kms", name: "Keys" }] })]);
    await revertImport(at.db, run1);
    const { accounts, services, policies } = await readInventory(at.db);
    expect(accounts.map(({ alias }) => alias)).toEqual(["t1", "t5"]);
    expect(services.map(({ code }) => code)).toContain("kms");
    expect(policies.find(({ name }) => name === "AliyunMQFullAccess")?.versions[0]?.versionId).toBe("v5");
  });

  test("of the first takes the account away, and the return brings it back", async () => {
    const first = await run(() => importAccount(at.db, state("333", 1)));
    const with333 = await facts();
    await revertImport(at.db, first);
    expect((await readInventory(at.db)).accounts.map(({ id }) => id)).toEqual(["111", "222"]);
    expect((await listImportRuns(at.db, 1))[0]).toMatchObject({
      kind: "REVERT",
      targetId: first,
      subject: "333",
      sources: [{ key: "source:ACCOUNT_EXPORT:333", title: "export of 333", sha256: null }],
    });
    await revertImport(at.db, await lastRun());
    expect(await facts()).toEqual(with333);
  });

  test("is refused while a later import stands, unless that is to go too", async () => {
    const before = await facts();
    const first = await run(() => importAccount(at.db, state("111", 5)));
    const second = await run(() => importAccount(at.db, state("111", 6)));
    await expect(revertImport(at.db, first)).rejects.toThrow(new RegExp(`later imports.*stand: \`${second}\``));
    await revertImport(at.db, second);
    await revertImport(at.db, first);
    expect(await facts()).toEqual(before);
    const third = await run(() => importAccount(at.db, state("111", 7)));
    await importAccount(at.db, state("111", 8));
    await revertImport(at.db, third, { withLater: true });
    expect(await facts()).toEqual(before);
  });

  test("of pages brings back what they said, raw matter and bytes too", async () => {
    const pages = () => at.db.dataSource.query("SELECT encode(bytes, 'escape') AS bytes FROM source_original");
    const take = (name: string) => {
      const said = page("said", { services: [{ code: "said", name }] });
      return importCatalog(at.db, [said], { originals: new Map([[said.source.key, Buffer.from(name)]]) });
    };
    const none = await facts();
    const first = await run(() => take("one"));
    const one = await facts();
    const second = await run(() => take("two"));
    expect(await pages()).toEqual([{ bytes: "two" }]);
    await expect(revertImport(at.db, first)).rejects.toThrow("later imports");
    await importCatalog(at.db, [page("aside", { actions: ["kms:Sign"] })]);
    await revertImport(at.db, second);
    expect(await pages()).toEqual([{ bytes: "one" }]);
    expect((await readInventory(at.db)).services.find(({ code }) => code === "said")?.name).toBe("one");
    await revertImport(at.db, first);
    expect(await pages()).toEqual([]);
    const aside = (await listImportRuns(at.db)).find(({ sources }) => sources[0]?.title === "aside");
    await revertImport(at.db, aside?.id ?? "");
    expect(await facts()).toEqual(none);
    expect(one).not.toEqual(none);
  });

  test.each([
    ["one that is not there", "999999", /there is no run `999999`/],
    ["what is no number", "1; DROP TABLE role", /there is no run/],
  ])("refuses %s", async (_, id, words) => {
    await expect(revertImport(at.db, id)).rejects.toThrow(words);
  });

  test("refuses one that changed nothing, or failed", async () => {
    const same = await run(() => importAccount(at.db, state("222", 5)));
    await expect(revertImport(at.db, same)).rejects.toThrow(`run \`${same}\` changed nothing`);
    const failed = await run(() => importAccount(at.db, account("x")).catch(() => undefined));
    await expect(revertImport(at.db, failed)).rejects.toThrow("changed nothing");
  });
});

describe("an account that is forgotten", () => {
  // Four digits alike stand in the microseconds of an instant once in three thousand times, and the texts that are searched hold many.
  const [GONE, OTHER] = ["7777777777777777", "8888888888888888"];
  const at = withDatabase();
  const isSystem = ({ name }: { readonly name: string }) => name === "AliyunMQFullAccess";

  beforeAll(async () => {
    await importAccount(at.db, state("1111", 3));
    await importAccount(at.db, state(GONE, 1));
    await importAccount(at.db, state(GONE, 2));
  });

  test("goes with all of its facts, stays in history, and can come back", async () => {
    const before = await readInventory(at.db);
    const report = await forgetAccount(at.db, GONE);
    expect(report).toMatchObject({ added: 0, erased: 0, mentions: [] });
    expect(JSON.stringify(await readInventory(at.db))).not.toContain(GONE);
    expect(await readInventory(at.db, { revision: before.revision })).toEqual(before);
    const [run] = await listImportRuns(at.db, 1);
    expect(run).toMatchObject({ kind: "FORGET", subject: GONE, sources: [{ sha256: null }] });
    await revertImport(at.db, run?.id ?? "");
    expect(factsOf(await readInventory(at.db))).toEqual(factsOf(before));
  });

  test("is gone from every table once it is purged, and others keep their past", async () => {
    const past = await readInventory(at.db, { revision: "2" });
    expect(past.policies.find(isSystem)?.sourceKey).toContain("1111");
    await importAccount(at.db, state(GONE, 9));
    const overridden = await readInventory(at.db);
    expect(overridden.policies.find(isSystem)?.sourceKey).toContain(GONE);
    await importAccount(at.db, account(GONE, { account: { id: GONE, alias: "x" }, users: [] })).catch(() => undefined);
    const report = await forgetAccount(at.db, GONE, { purge: true });
    expect(report.erased).toBeGreaterThan(20);
    expect(report.mentions).toEqual([]);
    expect(await grep(GONE)).toEqual([]);
    expect(await grep("turn-9")).toEqual([]);
    expect((await listImportRuns(at.db, 1))[0]).toMatchObject({ kind: "FORGET", subject: null, sources: [] });
    const again = await readInventory(at.db, { revision: overridden.revision });
    expect(again.accounts.map(({ id }) => id)).toEqual(["1111"]);
    expect(again.policies.find(isSystem)).toMatchObject({
      sourceKey: "source:ACCOUNT_EXPORT:erased",
      versions: [{ versionId: "v9" }],
    });
    expect(again.sources.map(({ key }) => key)).toContain("source:ACCOUNT_EXPORT:erased");
    expect((await readInventory(at.db)).sources.map(({ key }) => key)).toEqual(["source:ACCOUNT_EXPORT:1111"]);
    await expect(forgetAccount(at.db, GONE)).rejects.toThrow(`account \`${GONE}\` is not known`);
  });

  test("can be purged after it was forgotten, and is named where others say so", async () => {
    const { facts } = account("1111");
    const members = [...facts.members, { directoryId: "rd-1111", accountId: OTHER, folderId: "fd-shops" }];
    await importAccount(at.db, state(OTHER, 1));
    await importAccount(at.db, account("1111", { members }));
    await forgetAccount(at.db, OTHER);
    const report = await forgetAccount(at.db, OTHER, { purge: true });
    expect(report).toMatchObject({ revision: null, mentions: [{ table: "directory_member", rows: 1 }] });
    expect(await grep(OTHER)).toEqual(["directory_member"]);
  });

  /** Names of the tables, any at all, with a row that holds the text. */
  async function grep(text: string): Promise<readonly string[]> {
    const tables = await at.db.dataSource.query<{ name: string }[]>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    );
    expect(tables.length).toBeGreaterThan(60);
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await at.db.dataSource.query<object[]>(
        `SELECT FROM ${name} AS one WHERE position($1 IN one::text) > 0 LIMIT 1`,
        [text],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
});
