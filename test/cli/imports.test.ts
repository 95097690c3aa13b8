import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type Finished, runCommand } from "../ramgraph-process.js";

// Each command is a process of its own, which starts slowly while other tests keep the machine busy.
const fixtures = join(import.meta.dirname, "../fixtures");
const acme = "1000000000000001";
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

const ramgraph = (...args: readonly string[]): Promise<Finished> => runCommand(args, { DATABASE_URL: database.url });

describe("what was imported", () => {
  test("is listed, shown, taken back, and forgotten", async () => {
    expect(await ramgraph("imports")).toMatchObject({ code: 0, stdout: "nothing has been imported yet\n" });
    await ramgraph("import", "account", join(fixtures, "accounts/acme"));
    await ramgraph("import", "docs", join(fixtures, "pages/system-policies.txt"));
    const listed = await ramgraph("imports");
    expect(listed.stdout).toMatch(/2 +│ [-\d]+ [:\d]+ │ import │ Acme Queue.*│ [0-9a-f]{8} │ 2 +│ \+17 ~\d -0 +│ 3 /);
    expect(listed.stdout).toMatch(/1 +│ [-\d]+ [:\d]+ │ import │ account 1000000000000001 /);
    const shown = await ramgraph("imports", "show", "2");
    expect(shown.stdout).toMatch(/^run 2: import of Acme Queue.*\nrevision 2: 17 rows.*\nfindings: 3\n {2}[A-Z_]+ /s);
    expect(JSON.parse((await ramgraph("imports", "show", "2", "--json")).stdout)).toMatchObject({
      id: "2",
      subject: "catalog",
      details: [{ code: expect.any(String) }, {}, {}],
    });
    expect((await ramgraph("imports", "revert", "2")).stdout).toMatch(
      /^revision 3: 0 rows added, .*: the sources of run 2 say again what they said before it\n$/,
    );
    expect(await ramgraph("forget", "account", acme)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching("--yes"),
    });
    const forgotten = await ramgraph("forget", "account", acme, "--yes", "--purge", "--json");
    expect(JSON.parse(forgotten.stdout)).toMatchObject({ revision: "4", erased: expect.any(Number), mentions: [] });
    const runs: unknown = JSON.parse((await ramgraph("imports", "--json")).stdout);
    expect(runs).toMatchObject([{ kind: "FORGET", subject: null }, { kind: "REVERT", targetId: "2" }, { id: "2" }]);
    expect(JSON.stringify(runs)).not.toContain(acme);
  });

  test.each<[readonly string[], number, string]>([
    [["imports", "show", "99"], 1, "there is no run `99`"],
    [["imports", "revart", "1"], 2, "too many arguments"],
    [["forget", "account", "42", "--yes"], 1, "account `42` is not known"],
    [["prune", "--older-than", "90"], 2, "`90` must be a whole number and a unit"],
  ])("refuses %j", async (args, code, words) => {
    expect(await ramgraph(...args)).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
  });
});
