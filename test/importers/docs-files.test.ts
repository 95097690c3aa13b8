import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MAX_PAGE_BYTES, readSavedPages } from "../../src/importers/docs/read-files.js";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ramgraph-pages-"));
  mkdirSync(join(root, "pages", "deeper"), { recursive: true });
  writeFileSync(join(root, "outside.txt"), "outside");
  writeFileSync(join(root, "pages", "b.txt"), "b");
  writeFileSync(join(root, "pages", "a.md"), "a");
  writeFileSync(join(root, "pages", "picture.png"), "no page");
  writeFileSync(join(root, "pages", "deeper", "c.html"), "c");
  symlinkSync(join(root, "outside.txt"), join(root, "pages", "leads-out.txt"));
  symlinkSync(join(root, "pages"), join(root, "pages", "deeper", "round"));
  symlinkSync("b.txt", join(root, "pages", "stays.txt"));
  symlinkSync(join(root, "nowhere"), join(root, "pages", "dangling.txt"));
  writeFileSync(join(root, "large.txt"), "");
  truncateSync(join(root, "large.txt"), MAX_PAGE_BYTES + 1);
});
afterAll(() => rmSync(root, { recursive: true }));

describe("saved pages are read from disk", () => {
  test("a folder gives its pages in the order of names, without what its links lead out to", async () => {
    const { pages, refusals } = await readSavedPages([join(root, "pages")]);
    expect(pages.map(({ path }) => path.slice(root.length))).toEqual([
      "/pages/a.md",
      "/pages/b.txt",
      "/pages/deeper/c.html",
      "/pages/stays.txt",
    ]);
    expect(refusals).toEqual([]);
  });

  test("a file that is named is read, whatever its ending", async () => {
    const { pages } = await readSavedPages([join(root, "pages", "picture.png")]);
    expect(pages.map(({ fileName, bytes }) => [fileName, Buffer.from(bytes).toString()])).toEqual([
      ["picture.png", "no page"],
    ]);
  });

  test.each([
    ["a file that is not there", "missing.txt", /there is no such file/],
    ["a device", "/dev/zero", /there is no such file/],
    ["a file beyond 8 MiB", "large.txt", /the file has 8388609 bytes; a page has at most 8388608/],
  ])("%s is refused", async (_, name, reason) => {
    const path = name.startsWith("/") ? name : join(root, name);
    const { pages, refusals } = await readSavedPages([path]);
    expect(pages).toEqual([]);
    expect(refusals).toEqual([{ fileName: path, reason: expect.stringMatching(reason) }]);
  });
});
