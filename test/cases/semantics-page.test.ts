import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { caseFiles, readCase } from "../worlds/read-case.js";

const page = readFileSync(new URL("../../docs/semantics.md", import.meta.url), "utf8");
const named = [...page.matchAll(/\(\.\.\/test\/cases\/([^)]+\.yaml)\)/g)].map(([, file]) => file ?? "");

test("docs/semantics.md names every case once, and no other", () => {
  expect(named.toSorted()).toEqual(caseFiles());
});

test.each(named)("the rule of %s stands in docs/semantics.md word for word", (file) => {
  expect(page).toContain(`| ${readCase(file).rule} |`);
});
