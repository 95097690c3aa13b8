import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readPage } from "../../src/importers/docs/read-page.js";
import { comparePage, type PageDifferences } from "./compare-page.js";
import { pageExpectation } from "./page-expectation.js";
import { statePage } from "./state-page.js";

const EXPECTATIONS = "test/expectations/pages";

/** A page of which is written down what it holds, and how the importer's reading differs. */
export interface ComparedPage extends PageDifferences {
  readonly file: string;
  readonly label: string;
}

/** Compares one file with its expectation; undefined when nobody has written one for these bytes. */
export function checkPage(file: string): ComparedPage | undefined {
  const bytes = readFileSync(file);
  const expectation = join(EXPECTATIONS, `${createHash("sha256").update(bytes).digest("hex")}.json`);
  if (!existsSync(expectation)) return undefined;
  const expected = pageExpectation.parse(JSON.parse(readFileSync(expectation, "utf8")));
  const found = statePage(readPage(bytes, { fileName: basename(file) }));
  return { file, label: expected.label, ...comparePage(expected, found) };
}

export function isExact({ missing, wrong, extra }: PageDifferences): boolean {
  return missing.length + wrong.length + extra.length === 0;
}

/** What differs on each page, and how many pages are exact. */
export function describePages(pages: readonly ComparedPage[]): string[] {
  const exact = pages.filter(isExact).length;
  return [
    ...pages
      .filter((page) => !isExact(page))
      .flatMap(({ file, label, missing, wrong, extra }) => [
        "",
        `${file} (${label})`,
        ...missing.map((text) => `  missing  ${text}`),
        ...wrong.flatMap(({ expected, found }) => [`  wrong    ${found}`, `    not    ${expected}`]),
        ...extra.map((text) => `  extra    ${text}`),
      ]),
    "",
    `${pages.length} pages: ${exact} exact`,
  ];
}
