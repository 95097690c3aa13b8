import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";

const FIXTURES = new URL("../../fixtures/accounts/", import.meta.url);

describe("a whole account", () => {
  test("gives the facts, findings and gaps of the golden file", async () => {
    const reading = await readAccountExport(new URL("acme", FIXTURES).pathname);
    const golden = new URL("acme.golden.json", FIXTURES);
    if (process.env.UPDATE_GOLDEN === "1") await writeFile(golden, `${JSON.stringify(reading, null, 2)}\n`);
    expect(reading).toEqual(JSON.parse(await readFile(golden, "utf8")));
  });

  test("read twice is the same", async () => {
    const folder = new URL("acme", FIXTURES).pathname;
    expect(await readAccountExport(folder)).toEqual(await readAccountExport(folder));
  });
});
