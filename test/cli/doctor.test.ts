import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { runCommand } from "../ramgraph-process.js";
import { parse } from "../server/send.js";

let database: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  [database, empty] = await Promise.all([createTestDatabase(), createTestDatabase({ isEmpty: true })]);
});

afterAll(async () => {
  await Promise.all([database.drop(), empty.drop()]);
});

interface Told {
  readonly code: number | null;
  /** By name. */
  readonly checks: Readonly<
    Record<string, { readonly state: string; readonly message: string; readonly hint?: string }>
  >;
}

async function diagnose(settings: Readonly<Record<string, string>>): Promise<Told> {
  const { code, stdout, stderr } = await runCommand(["doctor", "--json"], { PORT: "0", ...settings });
  expect(stderr).toBe("");
  const { checks } = parse(stdout) as { readonly checks: readonly ({ name: string } & Told["checks"][string])[] };
  return { code, checks: Object.fromEntries(checks.map(({ name, ...check }) => [name, check])) };
}

describe("a diagnosis", () => {
  test("of what is well can be shown to everybody", async () => {
    const { code, stdout } = await runCommand(["doctor"], { DATABASE_URL: database.url, PORT: "0" });
    expect(code).toBe(0);
    for (const name of ["version", "settings", "database", "clock", "migrations", "port", "authentication"]) {
      expect(stdout).toMatch(new RegExp(`^ok {6}${name} `, "m"));
    }
    const { password } = new URL(database.url);
    expect(password).not.toBe("");
    expect(stdout).not.toContain(password);
    expect(stdout).toMatch(/DATABASE_URL=postgres:\/\/…@/);
  });

  test("shows no setting that holds a secret, under whichever name", async () => {
    const away = "127.0.0.1:9/graph";
    const { checks } = await diagnose({
      DATABASE_URL: `postgres://me:s3cr3t@${away}?sslpassword=s3cr3t`,
      DATABASE_READ_URLS: `postgres://me:s3cr3t@${away},postgres://you:s3cr3t@${away}`,
      RAMGRAPH_TOKEN: "s3cr3t",
    });
    expect(JSON.stringify(checks)).not.toContain("s3cr3t");
    expect(checks.settings?.message).toContain(`DATABASE_READ_URLS=postgres://…@${away},postgres://…@${away}`);
  });

  test("says once where the settings stand", async () => {
    const { stdout } = await runCommand(["doctor"], { RAMGRAPH_COLOUR: "red" });
    expect(stdout.match(/docs\/operations\.md/g)).toHaveLength(1);
  });

  test("of settings that are wrong tells all of them, and no secret", async () => {
    const wrong = { PORT: "x", RAMGRAPH_COLOUR: "red", DATABASE_URL: "postgres://hush" };
    const { code, stdout } = await runCommand(["doctor"], wrong);
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /^failed {2}settings .*RAMGRAPH_COLOUR.*\nfailed {2}settings .*`PORT` must.*\n +docs\/operations.md lists all settings\n$/m,
    );
    expect(stdout).not.toMatch(/hush|database/);
  });

  test("of a database that is away says where it was looked for", async () => {
    const { code, checks } = await diagnose({ DATABASE_URL: "postgres://me:s3cr3t@127.0.0.1:9/graph" });
    expect(code).toBe(4);
    expect(checks.database).toMatchObject({ state: "FAILED", message: expect.stringContaining("127.0.0.1:9/graph") });
    expect(JSON.stringify(checks)).not.toContain("s3cr3t");
  });

  test("of a database without our tables names the command that makes them", async () => {
    const { code, checks } = await diagnose({ DATABASE_URL: empty.url });
    expect(code).toBe(1);
    expect(checks.migrations).toMatchObject({ state: "FAILED", hint: expect.stringContaining("ramgraph migrate") });
  });

  test("of a port that another program has", async () => {
    const other = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, checks } = await diagnose({ DATABASE_URL: database.url, PORT: port });
    other.close();
    expect([code, checks.port]).toMatchObject([1, { state: "FAILED", message: expect.stringContaining("taken") }]);
  });

  test("of authentication that lets nobody in, or whose issuer is away", async () => {
    const settings = { DATABASE_URL: database.url };
    const { code, checks } = await diagnose({ ...settings, RAMGRAPH_AUTH: "tokens" });
    expect([code, checks.tokens]).toMatchObject([
      0,
      { state: "WARNING", hint: expect.stringContaining("token create") },
    ]);
    const oidc = { RAMGRAPH_OIDC_ISSUER: "http://127.0.0.1:9", RAMGRAPH_OIDC_AUDIENCE: "graph" };
    const away = await diagnose({ ...settings, RAMGRAPH_AUTH: "oidc", ...oidc });
    expect([away.code, away.checks.authentication]).toMatchObject([
      1,
      { state: "FAILED", message: expect.stringContaining("http://127.0.0.1:9/.well-known/openid-configuration") },
    ]);
  });

  test("of documents that a server would not start with, and of a metrics' door that is taken", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ramgraph-doctor-"));
    await writeFile(join(folder, "a.graphql"), "{ nowhere }");
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const settings = { DATABASE_URL: database.url, RAMGRAPH_TRUSTED_DOCUMENTS: folder, RAMGRAPH_METRICS_PORT: port };
    const { code, checks } = await diagnose(settings);
    expect([code, checks.documents, checks.metrics]).toMatchObject([
      3,
      { state: "FAILED", message: expect.stringMatching(/a\.graphql:1:3: Cannot query field "nowhere"/) },
      { state: "FAILED", hint: "set RAMGRAPH_METRICS_PORT to a free one" },
    ]);
    other.close();
    await rm(folder, { recursive: true });
  });

  test("of a data folder that is not there yet makes none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ramgraph-doctor-"));
    const { code, checks } = await diagnose({ RAMGRAPH_DATA_DIR: join(folder, "none", "yet") });
    expect([code, checks.database, checks.disk]).toMatchObject([0, { state: "SKIPPED" }, { state: "OK" }]);
    await rm(folder, { recursive: true });
  });
});
