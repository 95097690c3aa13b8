import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { settings } from "../../src/app/settings.js";

const text = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
const [, chapter = ""] = /\n## Settings\n([\s\S]*?)\n## /.exec(text) ?? [];
const rows = [...chapter.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$/gm)];

test("the table of settings names each that there is, once, and no other", () => {
  const names = Object.keys(settings.shape);
  expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(names));
  expect(rows).toHaveLength(names.length);
});

test("its defaults are those in force", () => {
  const given = Object.fromEntries(
    rows.flatMap(([, name = "", told = ""]) => [...told.matchAll(/^`([^`]*)`$/g)].map(([, value]) => [name, value])),
  );
  expect(Object.keys(given).length).toBeGreaterThan(10);
  expect(settings.parse(given)).toEqual(settings.parse({}));
});
