import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Command } from "commander";
import pg from "pg";
import { createProgram } from "../../src/cli/program.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { runCommand, startCommand } from "../ramgraph-process.js";

// Each command is a process of its own, which starts slowly while other tests keep the machine busy.
const fixtures = join(import.meta.dirname, "../fixtures");
const page = join(fixtures, "pages/system-policies.txt");

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-cli-"));
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function save(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** The commands that do something, those within others too. */
function lastCommands(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(lastCommands);
}

function pathOf(command: Command): string {
  const above = command.parent;
  return above === null || above.parent === null ? command.name() : `${pathOf(above)} ${command.name()}`;
}

describe("help", () => {
  test.each([[[]], [["import", "account"]]])("of %j needs nothing", async (command) => {
    const { code, stdout, stderr } = await runCommand([...command, "--help"], {
      DATABASE_URL: "postgres://no.where",
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Examples?:\n {2}\S/);
  });

  test.each(lastCommands(createProgram()).map((command) => [pathOf(command), command] as const))(
    "of `%s` has examples, and the command stands in the handbook",
    async (path, command) => {
      let text = "";
      command.configureOutput({
        writeOut: (part) => {
          text += part;
        },
      });
      command.outputHelp();
      expect(text).toMatch(/Examples?:\n {2}\S/);
      const handbook = await readFile(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
      expect(handbook).toMatch(new RegExp(`\`${path.split(" ")[0]}\\b`));
    },
  );

  test("tells the version", async () => {
    expect(await runCommand(["--version"], {})).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });
});

describe("exit codes", () => {
  test.each<[string, number, readonly string[], Record<string, string>, RegExp]>([
    ["no command", 2, [], {}, /Usage: ramgraph/],
    ["an unknown command", 2, ["srve"], {}, /unknown command 'srve'\n\(Did you mean serve\?\)/],
    ["an unknown option", 2, ["migrate", "--jsn"], {}, /unknown option '--jsn'/],
    ["no path", 2, ["import", "docs"], {}, /missing required argument 'paths'/],
    ["an unknown operation", 2, ["ask", "Nope"], {}, /there is no operation `Nope`; `.*ask` lists/],
    [
      "an unknown variable",
      2,
      ["ask", "WhatCanThisRoleDo", "--variable", "x=1"],
      {},
      /has no variable `x`: it has `role`/,
    ],
    [
      "a variable without a value",
      2,
      ["ask", "WhatCanThisRoleDo", "--variable", "role"],
      {},
      /not of the form name=value/,
    ],
    [
      "wrong settings, all of them",
      3,
      ["serve"],
      { PORT: "x", RAMGRAPH_NOPE: "1" },
      /RAMGRAPH_NOPE[\s\S]*`PORT` must be/,
    ],
    ["a public address without a word", 3, ["serve"], { HOST: "0.0.0.0" }, /RAMGRAPH_ALLOW_ANONYMOUS/],
    [
      "no database",
      4,
      ["migrate"],
      { DATABASE_URL: "postgres://u:s3cret@127.0.0.1:1/x" },
      /^error: cannot reach the database/,
    ],
    ["no server", 1, ["ask", "WhoCanPassARole", "--url", "http://127.0.0.1:1"], {}, /cannot reach a server at http:/],
    ["no such page", 1, ["import", "docs", "/nowhere/page.html"], {}, /\/nowhere\/page.html: there is no such file/],
    ["no such document", 1, ["check", "/nowhere/policy.json"], {}, /\/nowhere\/policy.json: cannot be read/],
  ])("tell of %s", async (_, code, args, settings, words) => {
    const result = await runCommand(args, { RAMGRAPH_DATA_DIR: join(folder, "unused"), ...settings });
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toMatch(words);
    expect(result.stderr).not.toMatch(/secret|\n\s+at /);
  });

  test("tell of an interrupt while Postgres starts, which leaves none behind", async () => {
    const dataDir = join(folder, "interrupted");
    const { child, finished } = startCommand(["import", "docs", page], { RAMGRAPH_DATA_DIR: dataDir });
    await until(async () => (await readdir(join(dataDir, "tenants")).catch(() => [])).length > 0);
    child.kill("SIGINT");
    expect(await finished).toMatchObject({ code: 130, stdout: "", stderr: "\ninterrupted\n" });
    expect(await readdir(join(dataDir, "postgres/data"))).not.toContain("postmaster.pid");
  });

  test("tell of an interrupt in the middle of an import, of which nothing stays", async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query("BEGIN; SELECT FROM revision_counter FOR UPDATE");
    const { child, finished } = startCommand(["import", "docs", page], { DATABASE_URL: database.url });
    const waiting = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    await until(async () => ((await client.query(waiting)).rowCount ?? 0) > 0);
    child.kill("SIGINT");
    expect(await finished).toMatchObject({ code: 130, stdout: "" });
    await client.query("COMMIT");
    expect((await client.query("SELECT revision FROM revision_counter")).rows).toEqual([{ revision: "0" }]);
    await client.end();
  });
});

describe("import", () => {
  test("of one page that cannot be read writes nothing of any", async () => {
    const bad = await save("bad.txt", "nothing of use\n");
    const refused = await runCommand(["import", "docs", page, bad], { DATABASE_URL: database.url });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/bad\.txt: the page holds no service-linked role[\s\S]*nothing was imported/);
    const good = await runCommand(["import", "docs", page, "--json"], { DATABASE_URL: database.url });
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('"revision":"1"') });
  });

  test("of two pages with one file name takes both", async () => {
    const twins = join(folder, "twins");
    for (const code of ["left", "right"]) {
      await mkdir(join(twins, code), { recursive: true });
      const table = `|Action|ARN|\n|-|-|\n|${code}:GetBox|acs:${code}:*:*:box/*|\n`;
      await writeFile(join(twins, code, "page.md"), `# RAM authorization\n\n${table}`);
    }
    const { code, stderr } = await runCommand(["import", "docs", twins], { DATABASE_URL: database.url });
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
});

describe("ask", () => {
  test("asks the database where no server is named, with the catalog in it", async () => {
    const { code, stdout, stderr } = await runCommand(["ask", "whocandeletesecuritygroup"], {
      DATABASE_URL: database.url,
    });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /"totalCount": 3,[\s\S]*AliyunServiceRoleForAlikafka[\s\S]*MqttCoreRuleEngine[\s\S]*MqttTunnel/,
    );
  });

  test.each(["json", "table"])("fails where what it asks about is not there, in %s", async (format) => {
    const { code, stdout, stderr } = await runCommand(
      ["ask", "RoleInFull", "--variable", "name=nosuch", "--format", format],
      { DATABASE_URL: database.url },
    );
    expect([code, stderr]).toEqual([1, "error: no role with name `nosuch` (variable `name`) was found\n"]);
    expect(stdout).toEqual(format === "table" ? "" : expect.stringContaining('"role": null'));
  });

  test("asks a question of one's own, and fails with its errors", async () => {
    const file = await save(
      "mine.graphql",
      "query Mine($n: Int, $t: String) { roles(first: $n, nameContains: $t) { nope } }",
    );
    const { code, stdout, stderr } = await runCommand(["ask", "--file", file, "--json"], {
      DATABASE_URL: database.url,
    });
    expect([code, stderr.split("\n").length]).toEqual([1, 3]);
    expect(stdout).toMatch(/^\{"errors":\[\{"message":/);
  });
});

describe("explain", () => {
  const message = {
    AuthAction: "ecs:DeleteSecurityGroup",
    AuthResource: "acs:ecs:cn-hangzhou:111:securitygroup/sg-1",
    AuthPrincipal: {
      AuthPrincipalType: "SubUser",
      AuthPrincipalOwnerId: "111",
      AuthPrincipalDisplayName: "nobody\u001b[2J",
    },
    ExplicitDeny: false,
    NoPermissionPolicyType: "AccountLevelIdentityBasedPolicy",
  };

  test("shows both answers and what is not known, and nothing that moves the cursor", async () => {
    const { code, stdout } = await runCommand(
      ["explain", "-"],
      { DATABASE_URL: database.url },
      JSON.stringify(message),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Alibaba Cloud denied nobody\\u001b\[2J .*Our answer is open:/);
    expect(stdout).toMatch(/ACCOUNT_LEVEL_IDENTITY_POLICY +│ SILENT │ UNKNOWN/);
  });

  test("nor does what went wrong move it, whoever chose the words", async () => {
    const { stderr } = await runCommand(["check", "no-such-\u001b[2J.json"], {});
    expect(stderr).toContain("error: no-such-\\u001b[2J.json: cannot be read");
    const unknown = await runCommand(["\u001b]0;x\u0007"], {});
    expect(unknown.stderr).toContain("error: unknown command '\\u001b]0;x\\u0007'\n");
    const query = '{ byArn(arn: "\\u001b[2J") { id } }';
    const refused = await runCommand(["ask", query, "--format", "table"], { DATABASE_URL: database.url });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("\\u001b[2J")]);
    expect(refused.stderr).not.toContain("\u001b");
  });

  test("says how to decode what is still encoded", async () => {
    const encoded = JSON.stringify({ AccessDeniedDetail: { EncodedDiagnosticMessage: "AQEAAAAAZBgx" } });
    const { code, stderr } = await runCommand(["explain", "-"], { DATABASE_URL: database.url }, encoded);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/`AQEAAAAAZBgx` is still encoded; call `aliyun ram Decode/),
    ]);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error("it did not come to that");
}
