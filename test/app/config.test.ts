import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../../src/app/config.js";
import { ConfigurationRefused } from "../../src/app/failure.js";
import { readToken } from "../../src/app/read-token.js";

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
      answerMemory: 16 * 2 ** 20,
      databaseReadUrls: [],
      accountIds: undefined,
      dataDir: resolve(".ramgraph"),
      logLevel: "info",
      auth: { takesTokens: false, oidc: undefined },
      introspection: "all",
      hasPlayground: true,
      allowedHosts: new Set(["localhost", "127.0.0.1", "[::1]"]),
      operationTimeout: 10_000,
      maxCost: 20_000,
      costPerMinute: undefined,
      metricsDoor: undefined,
      drainDelay: 0,
      trustedDocuments: undefined,
      onlyTrusted: false,
      corsOrigins: new Set(),
      retention: undefined,
    });
  });

  test("that are empty count as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", RAMGRAPH_DATA_DIR: "" })).toEqual(readConfig({}));
  });

  test("that are lists are divided by commas", () => {
    const env = { DATABASE_URL: "postgres://u:p@h/d", DATABASE_READ_URLS: "postgres://u:p@r/d, postgres://u:p@s/d" };
    const { databaseReadUrls, accountIds } = readConfig({ ...env, RAMGRAPH_ACCOUNTS: "11,22 , 11" });
    expect(databaseReadUrls).toEqual(["postgres://u:p@r/d", "postgres://u:p@s/d"]);
    expect(accountIds).toEqual(new Set(["11", "22"]));
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
    [{ DATABASE_URL: "postgres://u:100%secret@h/d" }, "`DATABASE_URL`"],
    [{ DATABASE_READ_URLS: "postgres://u:secret@h/d,nonsense" }, "`DATABASE_READ_URLS`"],
    [{ DATABASE_READ_URLS: " , " }, "`DATABASE_READ_URLS`"],
    [{ RAMGRAPH_ACCOUNTS: "1234, acme" }, "`RAMGRAPH_ACCOUNTS`"],
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

  test("are refused together with what is not safe of the others", () => {
    const env = { PORT: "x", HOST: "0.0.0.0", RAMGRAPH_DATA_DIR: "/" };
    expect(problemsOf(env)).toEqual([
      expect.stringContaining("`PORT` must be"),
      expect.stringContaining("`HOST` is `0.0.0.0`"),
      expect.stringContaining("`RAMGRAPH_DATA_DIR` is the root"),
    ]);
  });

  test("are not held against those that hang on them", () => {
    const env = { HOST: "0.0.0.0", RAMGRAPH_AUTH: "oicd", RAMGRAPH_OIDC_ISSUER: "https://id.example.com" };
    expect(problemsOf(env)).toEqual([expect.stringContaining("`RAMGRAPH_AUTH` must be")]);
  });

  test.each([
    ["RAMGRAPH_DATADIR", /did you mean RAMGRAPH_DATA_DIR\?/],
    ["RAMGRAPH_COLOUR", /docs\/operations\.md lists/],
  ])("that are unknown, such as %s, come with a hint", (name, hint) => {
    expect(problemsOf({ [name]: "x" })).toEqual([expect.stringMatching(hint)]);
  });
});

const OIDC = {
  RAMGRAPH_AUTH: "oidc",
  RAMGRAPH_OIDC_ISSUER: "https://id.example.com",
  RAMGRAPH_OIDC_AUDIENCE: "ramgraph",
};

describe("settings that are not safe together", () => {
  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ HOST: "0.0.0.0" }, /`HOST` is `0\.0\.0\.0`, where everyone/],
    [{ HOST: "10.0.0.1", RAMGRAPH_ALLOW_ANONYMOUS: "false" }, /`HOST` is/],
    [{ RAMGRAPH_ALLOW_ANONYMOUS: "true", RAMGRAPH_AUTH: "tokens" }, /leave one of them out/],
    [{ RAMGRAPH_AUTH: "password" }, /`RAMGRAPH_AUTH` must be tokens, oidc/],
    [{ RAMGRAPH_AUTH: "," }, /`RAMGRAPH_AUTH` must be tokens, oidc/],
    [{ ...OIDC, RAMGRAPH_OIDC_ISSUER: "" }, /`RAMGRAPH_OIDC_ISSUER` is not set/],
    [{ ...OIDC, RAMGRAPH_OIDC_AUDIENCE: "" }, /`RAMGRAPH_OIDC_AUDIENCE` is not set/],
    [{ ...OIDC, RAMGRAPH_OIDC_AUDIENCE: "*" }, /`RAMGRAPH_OIDC_AUDIENCE` is `\*`/],
    [{ ...OIDC, RAMGRAPH_AUTH: "tokens", RAMGRAPH_OIDC_AUDIENCE: "" }, /`RAMGRAPH_OIDC_ISSUER` is set but/],
    [{ RAMGRAPH_OIDC_NAME_CLAIM: "email" }, /`RAMGRAPH_OIDC_NAME_CLAIM` is set but/],
    [{ ...OIDC, RAMGRAPH_OIDC_ISSUER: "http://id.example.com" }, /`RAMGRAPH_OIDC_ISSUER` must be an https address/],
    [{ ...OIDC, RAMGRAPH_OIDC_ISSUER: "https://u:p@id.example.com" }, /`RAMGRAPH_OIDC_ISSUER` must be an https/],
    [{ ...OIDC, RAMGRAPH_OIDC_ISSUER: "https://id.example.com/?x=1" }, /`RAMGRAPH_OIDC_ISSUER` must be an https/],
    [{ ...OIDC, RAMGRAPH_OIDC_JWKS_URL: "ftp://id.example.com/keys" }, /`RAMGRAPH_OIDC_JWKS_URL` must be an https/],
    [{ ...OIDC, RAMGRAPH_OIDC_ALGORITHMS: "none" }, /`RAMGRAPH_OIDC_ALGORITHMS` must be a list/],
    [{ ...OIDC, RAMGRAPH_OIDC_ALGORITHMS: "RS256,HS256" }, /`RAMGRAPH_OIDC_ALGORITHMS` must be a list/],
    [{ ...OIDC, RAMGRAPH_OIDC_ALGORITHMS: "," }, /`RAMGRAPH_OIDC_ALGORITHMS` must be a list/],
    [{ ...OIDC, RAMGRAPH_OIDC_ACCOUNTS_CLAIM: "exp" }, /`RAMGRAPH_OIDC_ACCOUNTS_CLAIM` must name a claim of its own/],
    [{ ...OIDC, RAMGRAPH_OIDC_ACCOUNTS_CLAIM: "__proto__" }, /`RAMGRAPH_OIDC_ACCOUNTS_CLAIM` must name/],
    [{ RAMGRAPH_INTROSPECTION: "explorers" }, /without RAMGRAPH_AUTH nobody is known to be one/],
    [{ RAMGRAPH_ALLOWED_HOSTS: "*" }, /`RAMGRAPH_ALLOWED_HOSTS` takes names without/],
    [{ RAMGRAPH_ALLOWED_HOSTS: "graph.example:4000" }, /`RAMGRAPH_ALLOWED_HOSTS` takes names without/],
    [{ RAMGRAPH_ALLOWED_HOSTS: "https://graph.example" }, /`RAMGRAPH_ALLOWED_HOSTS` takes names without/],
    [{ RAMGRAPH_ALLOWED_HOSTS: " , " }, /names no host/],
    [{ DATABASE_URL: "postgres://u:ChangeMe@h/d" }, /a password as it stands in examples/],
    [
      { DATABASE_URL: "postgres://u:p@h/d", DATABASE_READ_URLS: "postgres://u:p@r/d,postgres://u:secret@s/d" },
      /examples/,
    ],
    [{ DATABASE_READ_URLS: "postgres://u:p@r/d" }, /and `DATABASE_URL` is not/],
    [{ DATABASE_URL: "postgres://u:%3Cpassword%3E@h/d" }, /a password as it stands in examples/],
    [{ DATABASE_URL: "postgres://u:p@h/d", DATABASE_URL_FILE: "/dev/null" }, /are both set; leave one out/],
    [{ DATABASE_URL_FILE: "/nowhere/at/all" }, /names a file that cannot be read or is empty/],
    [{ RAMGRAPH_URL: "http://u:p@127.0.0.1:4000" }, /`RAMGRAPH_URL` holds a user name or password/],
    [{ RAMGRAPH_DATA_DIR: "/" }, /`RAMGRAPH_DATA_DIR` is the root/],
    [{ RAMGRAPH_CORS_ORIGINS: "*" }, /`RAMGRAPH_CORS_ORIGINS` must be origins/],
    [{ RAMGRAPH_CORS_ORIGINS: "null" }, /`RAMGRAPH_CORS_ORIGINS` must be origins/],
    [{ RAMGRAPH_CORS_ORIGINS: "https://a.example/" }, /`RAMGRAPH_CORS_ORIGINS` must be origins/],
    [{ RAMGRAPH_CORS_ORIGINS: "https://A.example" }, /`RAMGRAPH_CORS_ORIGINS` must be origins/],
    [{ RAMGRAPH_ONLY_TRUSTED: "yes" }, /`RAMGRAPH_ONLY_TRUSTED` must be true or false/],
    [{ RAMGRAPH_MAX_COST: "0" }, /`RAMGRAPH_MAX_COST` must be a whole number/],
    [{ RAMGRAPH_MAX_COST: "1e4" }, /`RAMGRAPH_MAX_COST` must be a whole number/],
    [{ RAMGRAPH_AUTH: "tokens", RAMGRAPH_COST_PER_MINUTE: "-1" }, /`RAMGRAPH_COST_PER_MINUTE` must be .* or off$/],
    [{ RAMGRAPH_AUTH: "tokens", RAMGRAPH_COST_PER_MINUTE: "19999" }, /is below RAMGRAPH_MAX_COST \(20000\)/],
    [{ RAMGRAPH_METRICS_HOST: "0.0.0.0" }, /`RAMGRAPH_METRICS_PORT` is not, so it would change nothing/],
    [{ RAMGRAPH_METRICS_PORT: "4000" }, /`RAMGRAPH_METRICS_PORT` is that of `PORT`/],
    [{ RAMGRAPH_METRICS_PORT: "65536" }, /`RAMGRAPH_METRICS_PORT` must be a port from 0 to 65535/],
    [{ RAMGRAPH_DRAIN_DELAY: "5 s" }, /`RAMGRAPH_DRAIN_DELAY` must be a whole number and ms or s/],
    [{ RAMGRAPH_COST_PER_MINUTE: "30000" }, /without RAMGRAPH_AUTH nobody is known/],
  ])("%j are refused in one sentence", (env, sentence) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(sentence)]);
  });

  test.each<[Readonly<Record<string, string>>]>([
    [OIDC],
    [{ ...OIDC, RAMGRAPH_OIDC_ISSUER: "http://127.0.0.1:8080/realm" }],
    [{ ...OIDC, HOST: "0.0.0.0", RAMGRAPH_AUTH: "tokens,oidc", RAMGRAPH_INTROSPECTION: "explorers" }],
    [{ HOST: "0.0.0.0", RAMGRAPH_AUTH: "tokens", RAMGRAPH_ALLOWED_HOSTS: "graph.example,[2001:db8::1]" }],
    [{ RAMGRAPH_AUTH: "tokens", RAMGRAPH_COST_PER_MINUTE: "off" }],
    [{ RAMGRAPH_METRICS_PORT: "9464", RAMGRAPH_METRICS_HOST: "0.0.0.0", RAMGRAPH_DRAIN_DELAY: "5s" }],
    [{ PORT: "0", RAMGRAPH_METRICS_PORT: "0" }],
    [{ RAMGRAPH_AUTH: "tokens", RAMGRAPH_COST_PER_MINUTE: "20000", RAMGRAPH_MAX_COST: "20000" }],
  ])("%j are taken", (env) => {
    expect(problemsOf(env)).toEqual([]);
  });

  test("come from a file where they are secret", () => {
    const file = join(mkdtempSync(join(tmpdir(), "ramgraph-secret-")), "url");
    writeFileSync(file, "postgres://u:s@h/d\n");
    expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe("postgres://u:s@h/d");
    expect(problemsOf({ RAMGRAPH_TOKEN_FILE: file })).toEqual([]);
    expect(readToken({ RAMGRAPH_TOKEN_FILE: file })).toBe("postgres://u:s@h/d");
    expect(readToken({ RAMGRAPH_TOKEN: "" })).toBeUndefined();
    expect(() => readToken({ RAMGRAPH_TOKEN_FILE: `${file}.gone` })).toThrow("cannot be read");
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
