import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { findOriginal } from "../../src/app/find-original.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { readOriginals } from "../../src/store/read-originals.js";
import { page } from "./facts.js";
import { withDatabase } from "./open.js";

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const OLD = Buffer.from("\ufefftext\r\n\u00a0of the \\ page\u0000");
const NEW = Buffer.from("newer text");
const TWIN = Buffer.from("twin 28");

describe("the bytes of a page", () => {
  const at = withDatabase();

  async function importPage(title: string, bytes: Uint8Array, description: string): Promise<void> {
    const batch = page(title, { policies: [{ name: "AliyunAcmeFullAccess", isHighRisk: false, description }] });
    await importCatalog(at.db, [batch], { originals: new Map([[batch.source.key, bytes]]) });
  }

  test("are kept as they were, also when a newer copy has replaced the page", async () => {
    await importPage("acme", OLD, "old");
    await importPage("acme", NEW, "new");
    for (const bytes of [OLD, NEW]) {
      const digest = digestOf(bytes);
      for (const given of [digest, digest.slice(0, 8), digest.toUpperCase()])
        expect(Buffer.from(await findOriginal(at, given))).toEqual(bytes);
    }
  });

  test("are found once, wherever the same page was imported from", async () => {
    await importPage("copy", NEW, "new");
    expect(await readOriginals(at.db, digestOf(NEW))).toEqual([{ sha256: digestOf(NEW), bytes: new Uint8Array(NEW) }]);
  });

  test("take little room: Postgres compresses them", async () => {
    const text = Buffer.from(`${"A role may do this. ".repeat(1000)}`);
    await importPage("long", text, "long");
    const [row] = await at.db.dataSource.query<{ size: number }[]>(
      "SELECT pg_column_size(bytes) AS size FROM source_original WHERE octet_length(bytes) = $1",
      [text.length],
    );
    expect(row?.size).toBeLessThan(text.length / 5);
  });

  test("several pages whose digests begin alike are not told apart", async () => {
    await importPage("twin", TWIN, "twin");
    const all = await readOriginals(at.db, "");
    expect(all.length).toBe(2);
    expect(all[0]?.sha256 ?? "").not.toBe(all[1]?.sha256);
  });

  test.each([
    ["0".repeat(64), "is kept"],
    ["%".repeat(8), "is no digest"],
    ["abc", "is no digest"],
    [`${"a".repeat(64)}'`, "is no digest"],
  ])("`%s` is refused", async (digest, reason) => {
    await expect(findOriginal(at, digest)).rejects.toThrow(reason);
  });
});
