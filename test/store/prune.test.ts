import { describe, expect, test } from "@jest/globals";
import { importAccount } from "../../src/store/import-account.js";
import { listImportRuns, readImportRun } from "../../src/store/import-runs.js";
import { pruneHistory } from "../../src/store/prune-history.js";
import { revertImport } from "../../src/store/revert-import.js";
import { RevisionExpired } from "../../src/store/revision-expired.js";
import { RevisionNotFound } from "../../src/store/revision-not-found.js";
import { account } from "./facts.js";
import { withDatabase } from "./open.js";
import { readInventory } from "./read-inventory.js";

const DAY = 86_400;

describe("pruning", () => {
  const at = withDatabase();

  /** Moves a revision into the past, as if it had been made then. */
  const age = (revision: number, days: number) =>
    at.db.dataSource.query(
      "UPDATE revision_log SET committed_at = now() - make_interval(days => $2) WHERE revision = $1",
      [revision, days],
    );
  const historyRows = async () => {
    const [row] = await at.db.dataSource.query<{ rows: number }[]>(
      "SELECT (SELECT count(*) FROM app_user_history)::integer AS rows",
    );
    return row?.rows;
  };

  test("removes nothing while nothing is old", async () => {
    for (const turn of [1, 2, 3, 4]) {
      await importAccount(
        at.db,
        account("111", { users: [{ accountId: "111", name: `turn-${turn}` }], memberships: [], attachments: [] }),
        {
          allowShrink: true,
        },
      );
    }
    expect(await pruneHistory(at.db, DAY)).toEqual({ oldest: "0", revisions: 0, rows: 0 });
  });

  test("keeps what held at the age, and everything since, exactly", async () => {
    await Promise.all([age(0, 50), age(1, 40), age(2, 30), age(3, 10)]);
    const kept = await Promise.all(["2", "3", "4"].map((revision) => readInventory(at.db, { revision })));
    const instant = new Date(Date.now() - 20 * DAY * 1000).toISOString();
    const then = await readInventory(at.db, { asOf: instant });
    expect(then.revision).toBe("2");
    expect(await pruneHistory(at.db, 20 * DAY)).toMatchObject({ oldest: "2", revisions: 2, rows: expect.any(Number) });
    expect(await historyRows()).toBe(2);
    expect(await Promise.all(["2", "3", "4"].map((revision) => readInventory(at.db, { revision })))).toEqual(kept);
    expect(await readInventory(at.db, { asOf: instant })).toEqual(then);
    expect(await pruneHistory(at.db, 20 * DAY)).toEqual({ oldest: "2", revisions: 0, rows: 0 });
  });

  test.each([
    [{ revision: "1" }],
    [{ revision: "0" }],
    [{ asOf: new Date(Date.now() - 35 * DAY * 1000).toISOString() }],
    [{ asOf: "1999-01-01T00:00:00Z" }],
  ])("leaves %j expired", async (when) => {
    await expect(readInventory(at.db, when)).rejects.toThrow(RevisionExpired);
    await expect(readInventory(at.db, when)).rejects.toThrow(/the oldest revision is `2`, of 20/);
  });

  test.each([[{ revision: "5" }], [{ revision: "-1" }], [{ revision: "01" }], [{ asOf: "then" }]])(
    "and %j unknown",
    async (when) => {
      await expect(readInventory(at.db, when)).rejects.toThrow(RevisionNotFound);
    },
  );

  test("keeps the record of imports; one whose state before is gone cannot be taken back, and has no findings", async () => {
    const runs = await listImportRuns(at.db);
    expect(runs.map(({ revision }) => revision)).toEqual(["4", "3", "2", "1"]);
    const [, , second, first] = runs;
    await expect(revertImport(at.db, second?.id ?? "", { withLater: true })).rejects.toThrow(
      "the state before run `2` is revision 1, and what sources said is kept from revision 2 on",
    );
    expect((await readImportRun(at.db, first?.id ?? ""))?.details).toBeNull();
    expect((await readImportRun(at.db, second?.id ?? ""))?.details).toHaveLength(1);
  });

  test("does not disturb who reads an old revision meanwhile", async () => {
    await Promise.all([age(3, 30), age(2, 31)]);
    const reads = Array.from({ length: 8 }, () =>
      readInventory(at.db, { revision: "2" }).catch((error: unknown) => error),
    );
    const [pruned, ...outcomes] = await Promise.all([pruneHistory(at.db, 20 * DAY), ...reads]);
    expect(pruned).toMatchObject({ oldest: "3" });
    for (const outcome of outcomes) {
      if (outcome instanceof RevisionExpired) continue;
      expect(outcome).toMatchObject({ revision: "2", users: [{ name: "turn-2" }] });
    }
  });
});
