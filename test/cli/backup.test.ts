import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { type Finished, runCommand, startCommand } from "../ramgraph-process.js";

// Each command is a process of its own, which starts slowly while other tests keep the machine busy.
let folder: string;
let database: TestDatabase;
let empty: TestDatabase;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-backup-"));
  [database, empty] = [await createTestDatabase(), await createTestDatabase({ isEmpty: true })];
  file = join(folder, "all.backup");
  const page = join(import.meta.dirname, "../fixtures/pages/system-policies.txt");
  expect(await runCommand(["import", "docs", page], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await Promise.all([database.drop(), empty.drop(), rm(folder, { recursive: true, force: true })]);
});

const run = (args: readonly string[], url = "postgres://no.where"): Promise<Finished> =>
  runCommand(args, { DATABASE_URL: url });

describe("ramgraph backup and restore", () => {
  test("write a file for its owner alone, read it, and bring it back", async () => {
    const written = await run(["backup", file], database.url);
    expect(written).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^revision 1: \d+ rows of \d+ tables\n$/),
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["all.backup"]);
    expect(await run(["restore", "--check", file])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^whole: /),
    });
    const restored = await run(["restore", file, "--json"], empty.url);
    expect(restored).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(restored.stdout)).toMatchObject({ revision: "1", migrated: [] });
  });

  test("leave alone what is there", async () => {
    const before = await readFile(file);
    expect(await run(["backup", file], database.url)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is there already"),
    });
    expect(await readFile(file)).toEqual(before);
    expect(await run(["restore", file], empty.url)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("holds something"),
    });
    expect(await run(["restore", "--replace", file], empty.url)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes"),
    });
    expect(await run(["restore", "--replace", "--yes", file], empty.url)).toMatchObject({ code: 0 });
  });

  test("say what is wrong with a file", async () => {
    const bad = join(folder, "bad.backup");
    await writeFile(bad, (await readFile(file)).subarray(0, -9));
    const { code, stderr } = await run(["restore", "--check", bad]);
    expect([code, stderr]).toEqual([1, `error: cannot restore \`${bad}\`: it is cut short\n`]);
    const missing = await run(["restore", join(folder, "none")]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("there is no such file")]);
    expect((await run(["backup", join(folder, "x")])).code).toBe(4);
    expect(await readdir(folder)).toEqual(["all.backup", "bad.backup"]);
  });

  test("take pipes, and call one that breaks a failure", async () => {
    const { child, finished } = startCommand(["backup", "-"], { DATABASE_URL: database.url });
    child.stdout?.destroy();
    const broken = await finished;
    expect([broken.code, broken.stderr]).toEqual([1, "error: standard output: whoever read it went away\n"]);
    expect(await run(["restore", "--check", "-"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("standard input"),
    });
  });
});
