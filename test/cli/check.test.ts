import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runCommand } from "../ramgraph-process.js";

const fixtures = join(import.meta.dirname, "../fixtures");
const page = join(fixtures, "pages/system-policies.txt");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-check-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function save(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("check", () => {
  const broken =
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"Like":{"a":"b"}}}]}';

  test("names file, line and column of an error, and fails", async () => {
    const file = await save("policy.json", broken);
    const { code, stdout } = await runCommand(["check", file], {});
    expect(code).toBe(1);
    expect(stdout).toMatch(/policy\.json:1:\d+ ERROR UNKNOWN_OPERATOR .*`Like` at \/Statement\/0\/Condition\/Like/);
    expect(stdout).toMatch(/checked: 1, errors: 1, security warnings: 0, warnings: 0, suggestions: 0\n$/);
  });

  test("takes a document from standard input and tells in JSON", async () => {
    const { code, stdout } = await runCommand(["check", "-", "--json"], {}, broken);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: 1,
      documents: [{ file: "-", findings: [{ severity: "ERROR" }] }],
    });
  });

  test.each([
    ["never", 0],
    ["error", 1],
    ["suggestion", 1],
  ])("fails on %s with exit code %d where a file is broken", async (limit, expected) => {
    expect((await runCommand(["check", "-", "--fail-on", limit], {}, broken)).code).toBe(expected);
  });

  test("fails on less where that is asked", async () => {
    const doubtful = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:*","Resource":"*"}]}';
    expect((await runCommand(["check", "-"], {}, doubtful)).code).toBe(0);
    const { code, stdout } = await runCommand(["check", "-", "--fail-on", "security-warning"], {}, doubtful);
    expect([code, stdout.split("\n")[0]]).toEqual([
      1,
      "-:1:56 SECURITY_WARNING RAM_FULL_ACCESS `ram:*` gives rights over all other rights at /Statement/0/Action",
    ]);
  });

  test("prints SARIF", async () => {
    const { stdout } = await runCommand(["check", "-", "--format", "sarif"], {}, broken);
    expect(JSON.parse(stdout)).toMatchObject({ version: "2.1.0", runs: [{ tool: { driver: { name: "ramgraph" } } }] });
  });

  test("takes lines, exports and pages, and passes what is sound", async () => {
    const sound = broken.replace("Like", "StringLike").replace('"a"', '"acs:SourceVpc"');
    const lines = await save("documents.jsonl", `${sound}\n\n{"name":"two","document":${sound},"note":1}\n`);
    const paths = [lines, join(fixtures, "accounts/acme"), page];
    const { code, stdout } = await runCommand(["check", ...paths], {});
    expect(stdout).toMatch(/errors: 0/);
    expect(code).toBe(0);
  });
});
