import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { lintPage } from "./lint-page.js";

const PAGE = join(import.meta.dirname, "../../docs/lint.md");

test("docs/lint.md says what the rules say (else run with UPDATE_GOLDEN=1)", async () => {
  if (process.env.UPDATE_GOLDEN === "1") await writeFile(PAGE, lintPage());
  expect(await readFile(PAGE, "utf8")).toBe(lintPage());
});
