import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";
import { readFiles } from "./export-folder.js";

const FIXTURES = new URL("../../fixtures/accounts/", import.meta.url);

describe.each(["acme", "holding"])("the whole account `%s`", (account) => {
  test("gives the facts, findings and gaps of the golden file", async () => {
    const reading = await readAccountExport(new URL(account, FIXTURES).pathname);
    const golden = new URL(`${account}.golden.json`, FIXTURES);
    if (process.env.UPDATE_GOLDEN === "1") await writeFile(golden, `${JSON.stringify(reading, null, 2)}\n`);
    expect(reading).toEqual(JSON.parse(await readFile(golden, "utf8")));
  });

  test("says the same as lines, in files of other names", async () => {
    const folder = new URL(`${account}/`, FIXTURES);
    const files = new Map<string, string>();
    for (const name of await readdir(folder)) {
      const text = await readFile(new URL(encodeURIComponent(name), folder), "utf8");
      if (name.endsWith("l")) files.set(name.replace(".jsonl", ".all.jsonl"), text.replaceAll("\n", "\r\n"));
      else files.set(name.replace(/(\.\d)?\.json$/, ".again$1.jsonl"), JSON.stringify(JSON.parse(text)));
    }
    const reading = await readFiles(Object.fromEntries(files));
    const whole = await readAccountExport(folder.pathname);
    expect("batch" in reading && reading.batch.facts).toEqual("batch" in whole && whole.batch.facts);
    expect("batch" in reading && reading.batch.gaps).toEqual("batch" in whole && whole.batch.gaps);
  });

  test("read twice is the same", async () => {
    const folder = new URL(account, FIXTURES).pathname;
    expect(await readAccountExport(folder)).toEqual(await readAccountExport(folder));
  });
});
