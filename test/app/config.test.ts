import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../../src/app/config.js";
import { ConfigurationRefused } from "../../src/app/failure.js";

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationRefused) return error.problems;
    throw error;
  }
}

describe("settings", () => {
  test("have defaults that serve this machine alone", () => {
    expect(readConfig({})).toEqual({
      port: 4000,
      host: "127.0.0.1",
      databaseUrl: undefined,
      dataDir: resolve(".ramgraph"),
      logLevel: "info",
      allowedHosts: new Set(["localhost", "127.0.0.1", "[::1]"]),
      retention: undefined,
    });
  });

  test("that are empty count as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", RAMGRAPH_DATA_DIR: "" })).toEqual(readConfig({}));
  });

  test("of other programs are left alone", () => {
    expect(problemsOf({ PATH: "/bin", PGHOST: "x", ramgraph_x: "1" })).toEqual([]);
  });

  test.each([
    ["0", 0],
    ["8080", 8080],
    ["65535", 65_535],
  ])("take port %s", (text, port) => {
    expect(readConfig({ PORT: text }).port).toBe(port);
  });

  test.each([
    ["90d", 7_776_000],
    ["12h", 43_200],
    ["8w", 4_838_400],
    ["2y", 63_115_200],
  ])("take %s as how long history is kept", (text, seconds) => {
    expect(readConfig({ RAMGRAPH_RETENTION: text }).retention).toBe(seconds);
  });

  test.each([
    [{ RAMGRAPH_RETENTION: "90" }, "`RAMGRAPH_RETENTION`"],
    [{ RAMGRAPH_RETENTION: "0d" }, "`RAMGRAPH_RETENTION`"],
    [{ RAMGRAPH_RETENTION: "-1d" }, "`RAMGRAPH_RETENTION`"],
    [{ PORT: "65536" }, "`PORT`"],
    [{ PORT: "-1" }, "`PORT`"],
    [{ PORT: "4e3" }, "`PORT`"],
    [{ LOG_LEVEL: "loud" }, "`LOG_LEVEL`"],
    [{ DATABASE_URL: "mysql://u:secret@h/d" }, "`DATABASE_URL`"],
    [{ DATABASE_URL: "postgres://u:secret@h:port/d" }, "`DATABASE_URL`"],
    [{ RAMGRAPH_URL: "ftp://h" }, "`RAMGRAPH_URL`"],
    [{ RAMGRAPH_ALLOW_ANONYMOUS: "yes" }, "`RAMGRAPH_ALLOW_ANONYMOUS`"],
    [{ RAMGRAPH_DATADIR: "x" }, "`RAMGRAPH_DATADIR`"],
    [{ HOST: "0.0.0.0" }, "`HOST`"],
    [{ HOST: "::" }, "`HOST`"],
    [{ HOST: "127.0.0.1.evil.example" }, "`HOST`"],
    [{ HOST: "192.168.0.7", RAMGRAPH_ALLOW_ANONYMOUS: "false" }, "`HOST`"],
  ])("refuse %j in one line that names the setting and keeps the secret", (env, name) => {
    const problems = problemsOf(env);
    expect(problems).toEqual([expect.stringContaining(name)]);
    expect(problems.join()).not.toMatch(/secret|\n/);
  });

  test("are refused all at once", () => {
    expect(problemsOf({ PORT: "x", LOG_LEVEL: "x", RAMGRAPH_X: "1", RAMGRAPH_Y: "1" })).toHaveLength(4);
  });
});

describe("names by which a server may be called", () => {
  test.each<[Readonly<Record<string, string>>, readonly string[] | undefined]>([
    [{ HOST: "localhost" }, ["localhost", "127.0.0.1", "[::1]"]],
    [{ HOST: "127.0.0.2" }, ["localhost", "127.0.0.1", "[::1]", "127.0.0.2"]],
    [{ HOST: "0.0.0.0", RAMGRAPH_ALLOW_ANONYMOUS: "true" }, undefined],
    [{ RAMGRAPH_ALLOWED_HOSTS: " Graph.example , localhost," }, ["graph.example", "localhost"]],
  ])("follow from %j", (env, names) => {
    expect(readConfig(env).allowedHosts).toEqual(names && new Set(names));
  });
});
