import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { comparePage } from "../../scripts/corpus/compare-page.js";
import { type PageExpectation, pageExpectation } from "../../scripts/corpus/page-expectation.js";
import { statePage } from "../../scripts/corpus/state-page.js";
import { readPage } from "../../src/importers/docs/read-page.js";

const FOLDER = "test/expectations/pages";

function stated(change: Partial<PageExpectation> = {}): PageExpectation {
  const page = statePage(readPage(readFileSync("test/fixtures/pages/authorization.txt"), { fileName: "page.txt" }));
  return { ...page, ...change };
}

describe("expectations of pages", () => {
  test("all have the agreed shape and the name of a digest", () => {
    for (const name of readdirSync(FOLDER)) {
      expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
      expect(pageExpectation.safeParse(JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8"))).error).toBeUndefined();
    }
  });

  test("a page that is read as written differs in nothing, whatever the order of its rows", () => {
    const { rows } = stated();
    expect(comparePage(stated({ rows: rows.toReversed() }), stated())).toEqual({ missing: [], wrong: [], extra: [] });
  });

  test("a row too few, a row too many and a row read wrong are told apart", () => {
    const [first, second, ...rest] = stated().rows;
    if (first === undefined || second === undefined) throw new Error("the fixture has two rows");
    const other: typeof first = ["acme:Other", "Other", "GET", [], [], []];
    const changed: typeof first = [first[0], first[1], "NONE", [], [], []];
    const differences = comparePage(stated(), stated({ rows: [changed, other, ...rest] }));
    expect(differences.missing).toEqual([expect.stringContaining(second[0])]);
    expect(differences.wrong).toEqual([
      { expected: expect.stringContaining(first[0]), found: expect.stringContaining("NONE") },
    ]);
    expect(differences.extra).toEqual([expect.stringContaining("acme:Other")]);
  });

  test("a refusal counts when it says what was expected", () => {
    const refused = statePage({ refusal: { fileName: "page.txt", reason: "the page holds nothing of use" } });
    expect(comparePage({ ...refused, refusal: "nothing of use" }, refused).missing).toEqual([]);
    expect(comparePage({ ...refused, refusal: "something else" }, refused).wrong).toHaveLength(1);
  });
});
