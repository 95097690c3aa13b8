import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { askApp } from "../../src/app/ask.js";
import { type App, buildApp } from "../../src/app/build-app.js";
import { silentLog } from "../../src/app/log.js";
import { readHistory } from "../../src/app/read-history.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { forgetAccount } from "../../src/store/forget-account.js";
import { importAccount } from "../../src/store/import-account.js";
import { pruneHistory } from "../../src/store/prune-history.js";
import { readMark } from "../../src/store/read-mark.js";
import { Readers } from "../../src/store/readers.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { account } from "../store/facts.js";

let place: TestDatabase;
let db: Database;
let app: App;

beforeAll(async () => {
  place = await createTestDatabase();
  db = await openDatabase(place.url);
  app = await buildApp({ databaseUrl: place.url, dataDir: "" }, silentLog);
  for (const id of ["111", "222", "333"]) await importAccount(db, account(id));
  await db.dataSource.query("UPDATE service SET name = 'by hand' WHERE code = 'mns'");
  await ask('{ snapshot(at: { minRevision: "5" }) { revision } }');
});

afterAll(async () => {
  await app.close();
  await closeDatabase(db);
  await place.drop();
});

async function ask(query: string) {
  const { data, errors = [] } = await askApp(app, { query, variables: {} });
  return { data, codes: errors.map((error) => ("extensions" in error ? codeIn(error.extensions) : undefined)) };
}

const codeIn = (extensions: unknown) => (extensions as { readonly code?: unknown } | undefined)?.code;

describe("states that can be asked about", () => {
  test("are listed with the runs that made them, by pages that end where the list does", async () => {
    const seen: unknown[] = [];
    let after = "";
    do {
      const { data, codes } = await ask(
        `{ snapshots(first: 2${after}) { totalCount nodes { revision isHypothetical importRun { kind accountId titles }
           sources { totalCount } } pageInfo { hasNextPage endCursor } } }`,
      );
      expect(codes).toEqual([]);
      const { snapshots } = data as { readonly snapshots: SnapshotPage };
      expect(snapshots.totalCount).toBe(6);
      seen.push(...snapshots.nodes);
      after = snapshots.pageInfo.hasNextPage ? `, after: "${snapshots.pageInfo.endCursor}"` : "";
      // What comes meanwhile is before the first page.
      await importAccount(db, account("111", { account: { id: "111", alias: `t${seen.length}` } }));
    } while (after !== "");
    const run = (accountId: string) => ({ kind: "IMPORT", accountId, titles: [`export of ${accountId}`] });
    expect(seen).toMatchObject([
      { revision: "5", isHypothetical: false, importRun: null },
      { revision: "4", importRun: run("333"), sources: { totalCount: 9 } },
      { revision: "3", importRun: run("222"), sources: { totalCount: 8 } },
      { revision: "2", importRun: run("111"), sources: { totalCount: 7 } },
      { revision: "1", importRun: { accountId: null }, sources: { totalCount: 6 } },
      { revision: "0", importRun: null, sources: { totalCount: 0 } },
    ]);
  });

  test("are read when somebody looks into them, a few at once", async () => {
    // The list ends where the server has come to, which may be behind what was imported.
    await ask('{ snapshot(at: { minRevision: "8" }) { revision } }');
    const query = (first: number) => `{ snapshots(first: ${first}) { nodes { id coverage { isComplete } } } }`;
    expect(await ask(query(3))).toMatchObject({ codes: [], data: { snapshots: { nodes: [{}, {}, {}] } } });
    expect((await ask(query(9))).codes).toContain("QUERY_TOO_EXPENSIVE");
  });

  test("show a viewer the runs and sources of their accounts only", async () => {
    const readers = await Readers.open(db, []);
    const viewer = { name: "x", seesAllAccounts: false, mayExplore: false, accountIds: ["222"] };
    const history = readHistory(readers, await readMark(db), viewer, () => undefined);
    expect((await history.importRun("3"))?.subject).toBe("222");
    expect((await history.importRun("1"))?.subject).toBe("catalog");
    expect(await history.importRun("2")).toBeUndefined();
    expect((await history.sources("4")).filter(({ kind }) => kind === "ACCOUNT_EXPORT")).toMatchObject([
      { title: "export of 222" },
    ]);
  });
});

describe("states that are no longer kept", () => {
  test("answer REVISION_EXPIRED, by number, by instant and by cursor, and are not listed", async () => {
    const { data } = await ask(
      '{ roles(first: 1, at: { revision: "3" }) { pageInfo { endCursor } } snapshots { totalCount } }',
    );
    const { roles } = data as { readonly roles: { readonly pageInfo: { readonly endCursor: string } } };
    const listed = await ask("{ snapshots(first: 1) { pageInfo { endCursor } } }");
    expect(listed.codes).toEqual([]);
    await db.dataSource.query(
      "UPDATE revision_log SET committed_at = committed_at - interval '9 days' WHERE revision < 5",
    );
    expect(await pruneHistory(db, 86_400)).toMatchObject({ oldest: "4", revisions: 4 });
    const expired = [
      `roles(first: 1, after: "${roles.pageInfo.endCursor}") { totalCount }`,
      'snapshot(at: { revision: "3" }) { revision }',
      `snapshot(at: { asOf: "2020-01-01T00:00:00Z" }) { revision }`,
    ];
    for (const field of expired) expect((await ask(`{ ${field} }`)).codes).toEqual(["REVISION_EXPIRED"]);
    expect((await ask('{ snapshot(at: { revision: "99999" }) { revision } }')).codes).toEqual([
      "REVISION_NOT_AVAILABLE",
    ]);
    const left = await ask("{ snapshots { nodes { revision } } }");
    expect(left.data).toMatchObject({ snapshots: { nodes: expect.not.arrayContaining([{ revision: "3" }]) } });
    expect((await ask('{ snapshot(at: { revision: "4" }) { revision } }')).codes).toEqual([]);
  });
});

describe("an account that is erased", () => {
  test("is not shown from what was read of the past before", async () => {
    const past = '{ accounts(at: { revision: "4" }) { nodes { accountId } } }';
    expect(JSON.stringify((await ask(past)).data)).toContain("222");
    await forgetAccount(db, "222", { purge: true });
    expect(JSON.stringify((await ask(past)).data)).not.toContain("222");
  });
});

interface SnapshotPage {
  readonly totalCount: number;
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
