import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";

const FOLDER = "test/fixtures/pages";
const pages = readdirSync(FOLDER).filter((name) => !name.endsWith(".json"));

describe("a page gives the facts and findings of its golden file", () => {
  test.each(pages)("%s", (name) => {
    const reading = readPage(readFileSync(join(FOLDER, name)), { fileName: name });
    const actual = JSON.parse(JSON.stringify(reading)) as unknown;
    const golden = join(FOLDER, `${name.replace(/\.\w+$/, "")}.golden.json`);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    expect(existsSync(golden)).toBe(true);
    expect(actual).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });

  test("and the same bytes always give the same batch", () => {
    for (const name of pages) {
      const bytes = readFileSync(join(FOLDER, name));
      expect(readPage(bytes, { fileName: name })).toEqual(readPage(bytes, { fileName: name }));
    }
  });

  test("and Windows line ends change nothing but the digest and the original characters", () => {
    for (const name of pages) {
      const text = readFileSync(join(FOLDER, name), "utf8");
      const unix = readPage(Buffer.from(text), { fileName: name });
      const windows = readPage(Buffer.from(text.replace(/\n/g, "\r\n")), { fileName: name });
      expect("batch" in windows ? windows.batch.facts : windows).toEqual("batch" in unix ? unix.batch.facts : unix);
      expect("batch" in windows ? windows.batch.findings : []).toEqual("batch" in unix ? unix.batch.findings : []);
    }
  });

  test("and every golden file has its page", () => {
    const names = new Set(pages.map((name) => `${name.replace(/\.\w+$/, "")}.golden.json`));
    expect(readdirSync(FOLDER).filter((name) => name.endsWith(".json") && !names.has(name))).toEqual([]);
  });
});
