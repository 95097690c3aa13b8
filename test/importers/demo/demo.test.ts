import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeDemo } from "../../../src/app/run-demo.js";
import { readAccountExport } from "../../../src/importers/account/read-account-export.js";
import { demoExports } from "../../../src/importers/demo/demo-exports.js";

let folder: string;
let exports: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ramgraph-demo-test-"));
  exports = await writeDemo(join(folder, "company"));
});

afterAll(async () => await rm(folder, { recursive: true, force: true }));

test("the company is the same every time", () => {
  expect(demoExports()).toEqual(demoExports());
  expect(exports).toHaveLength(4);
});

test("every account is read like any export, without a finding; only what other accounts' exports bring is missing", async () => {
  for (const path of exports) {
    const reading = await readAccountExport(path);
    if ("refusal" in reading) throw new Error(reading.refusal.message);
    expect(reading.batch.findings).toEqual([]);
    const reasons = new Set(reading.batch.gaps.map(({ reason }) => reason));
    expect(
      [...reasons].filter(
        (reason) => reason !== "CONTROL_POLICIES_NOT_IMPORTED" && reason !== "POLICY_DOCUMENT_MISSING",
      ),
    ).toEqual([]);
  }
});

test("a folder that holds something is left alone", async () => {
  const taken = await mkdtemp(join(folder, "taken-"));
  await writeFile(join(taken, "mine.txt"), "");
  await expect(writeDemo(taken)).rejects.toThrow("is not empty");
  expect(await readdir(taken)).toEqual(["mine.txt"]);
});
