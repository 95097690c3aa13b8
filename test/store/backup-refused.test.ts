import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BackupRefused } from "../../src/store/backup/backup-refused.js";
import { closeDatabase, type Database, openDatabase } from "../../src/store/database.js";
import { importAccount } from "../../src/store/import-account.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { createTestDatabase, type TestDatabase } from "../database.js";
import { runs } from "../worlds/runs.js";
import { backUp, check, edited, restore, withOwnDatabase } from "./backups.js";
import { AUTHORIZATION_PAGE, account, ROLES_PAGE } from "./facts.js";

let bytes: Buffer;

beforeAll(async () => {
  bytes = await withOwnDatabase({ isEmpty: false }, async (db) => {
    await importCatalog(db, [AUTHORIZATION_PAGE, ROLES_PAGE]);
    await importAccount(db, account("1234567890123456"));
    return await backUp(db);
  });
});

describe("a backup that is none, or not whole, is refused", () => {
  let target: Database;
  let targetPlace: TestDatabase;

  beforeAll(async () => {
    targetPlace = await createTestDatabase({ isEmpty: true });
    target = await openDatabase(targetPlace.url);
  });

  // Nothing of all that was tried may have left a trace.
  afterAll(async () => {
    const left: unknown = await target.dataSource.query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    );
    await closeDatabase(target);
    await targetPlace.drop();
    expect(left).toEqual([]);
  });

  /** The digest at the end made to fit: what is wrong has to be found elsewhere. */
  const resealed = (edit: (text: string) => string) =>
    edited(bytes, (whole) => {
      const text = edit(whole.slice(0, whole.lastIndexOf('{"end"')));
      const sha256 = createHash("sha256").update(Buffer.from(text, "latin1")).digest("hex");
      return `${text}{"end":"ramgraph backup","sha256":"${sha256}"}\n`;
    });
  const swap = (from: string | RegExp, to: string) => () => {
    const changed = resealed((text) => text.replace(from, to));
    expect(gunzipSync(changed).equals(gunzipSync(bytes))).toBe(false);
    return changed;
  };

  test.each<[string, () => Buffer, string]>([
    ["nothing", () => Buffer.alloc(0), "it is cut short"],
    ["no gzip", () => Buffer.from("PGDMP"), "it is no backup of ramgraph"],
    ["gzip of something else", () => gzipSync("hello\n"), "it is no backup of ramgraph"],
    ["one endless line", () => gzipSync(Buffer.alloc(5_000_000, "x")), "it is no backup of ramgraph"],
    ["a bomb", () => bomb(), "it grows to more than 200 times its size"],
    ["a newer form", swap('"version":1', '"version":2'), "a newer ramgraph made it (0.0.0)"],
    [
      "rows too many",
      swap(/("name":"account",[^}]*"rows":)\d+/, "$11"),
      "table `account` has more rows than its header says",
    ],
    ["rows too few", swap(/("name":"account",[^}]*"rows":)\d+/, "$19"), "the rows of table `account` are not those"],
    ["another value", swap("AliyunMQFullAccess", "AliyunMQFallAccess"), "are not those that were written"],
    ["a length that is none", swap(/\n\d+\n/, "\n-1\n"), "the length of a block is damaged"],
    ["a header without tables", swap(/"tables":\[.*\],"seq/, '"tables":"","seq'), "its header is damaged"],
    ["a line behind the end", () => edited(bytes, (text) => `${text}more\n`), "something follows behind its end"],
    [
      "a wrong digest at the end",
      () => edited(bytes, (text) => text.replace(/[0-9a-f]"\}\n$/, 'g"}\n')),
      "its digest is another",
    ],
  ])("%s", async (_, make, reason) => {
    const refusal: unknown = await check(make()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupRefused);
    expect(String(refusal)).toContain(reason);
  });

  test.each<[string, () => Buffer, string]>([
    [
      "a newer schema",
      swap(/"(CreateApiTokens\d+)"/, '"$1","AddWings1990000000000"'),
      "`AddWings1990000000000` is not known here",
    ],
    [
      "a table that is none",
      swap('"name":"account"', '"name":"pg_authid"'),
      "its table `pg_authid` is not one of its schema",
    ],
    [
      "a column that is none",
      swap('"alias"', "\"alias) FROM PROGRAM 'id' --\""),
      "its table `account` is not one of its schema",
    ],
    ["a table twice", swap(/(\{"name":"account",[^}]*\})/, "$1,$1"), "its table `account` is not one of its schema"],
    ["a table too few", swap(/\{"name":"account_history",[^}]*\},/, ""), "it lacks tables of its schema"],
    ["a sequence that is none", swap(/"name":"import_run_id_seq"/, '"name":"theirs"'), "its sequence `theirs`"],
  ])("whole by itself, but with %s", async (_, make, reason) => {
    const refusal: unknown = await restore(target, make()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupRefused);
    expect(String(refusal)).toContain(reason);
  });

  test("damaged, when it is brought back", async () => {
    await expect(restore(target, swap("AliyunMQFullAccess", "AliyunMQFallAccess")())).rejects.toThrow("are not those");
    await expect(restore(target, bytes.subarray(0, -20))).rejects.toThrow("it is cut short");
  });

  test("cut off anywhere, or with any bit changed", async () => {
    const damage = fc.record({
      at: fc.integer({ min: 0, max: bytes.length - 1 }),
      bit: fc.integer({ min: -1, max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bit }) => {
        const damaged = Buffer.from(bit === -1 ? bytes.subarray(0, at) : bytes);
        if (bit !== -1) damaged[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const refusal: unknown = await check(damaged).then(
          // Packed another way, it may still be the same.
          () => gunzipSync(damaged).equals(gunzipSync(bytes)) || "read as another",
          (error: unknown) => error instanceof BackupRefused,
        );
        expect(refusal).toBe(true);
      }),
      runs(400),
    );
  });

  function bomb(): Buffer {
    const [head = ""] = gunzipSync(bytes).toString("latin1").split("\n", 1);
    return gzipSync(Buffer.concat([Buffer.from(`${head}\n999999999\n`), Buffer.alloc(80_000_000, "x")]));
  }
});
