import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readPage } from "../../src/importers/docs/read-page.js";
import type { CatalogBatch } from "../../src/inventory/batch.js";
import { runs } from "../worlds/runs.js";

const FOLDER = "test/fixtures/pages";
const PAGES = readdirSync(FOLDER)
  .filter((name) => !name.endsWith(".json"))
  .map((name) => readFileSync(join(FOLDER, name), "utf8"));

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

function read(text: string): CatalogBatch | undefined {
  const reading = readPage(Buffer.from(text), { fileName: "page" });
  return "batch" in reading ? reading.batch : undefined;
}

/** Every statement of every document, with the name of the role or policy that holds it. */
function statementsOf(batch: CatalogBatch | undefined): (Statement & { readonly holder: string })[] {
  const holders = [...(batch?.facts.roles ?? []), ...(batch?.facts.policies ?? [])];
  return holders.flatMap(({ name, document }) => {
    if (document === undefined) return [];
    const { Statement: list } = JSON.parse(document) as { Statement: Statement | Statement[] };
    return [list].flat().map((statement) => ({ ...statement, holder: name }));
  });
}

const listOf = (value: string | readonly string[] = []): readonly string[] => [value].flat();
const within = (part: Statement["Action"], whole: Statement["Action"]): boolean =>
  listOf(part).every((one) => listOf(whole).includes(one));

/** No more than a statement that the page itself gave the holder. */
function isNoMore(statement: ReturnType<typeof statementsOf>[number], original: readonly Statement[]): boolean {
  return original.some(
    (one) =>
      (one as { readonly holder?: string }).holder === statement.holder &&
      one.Effect === statement.Effect &&
      within(statement.Action, one.Action) &&
      within(statement.Resource, one.Resource),
  );
}

function expectNothingNew(mutated: string, original: string): void {
  const batch = read(mutated);
  const before = statementsOf(read(original));
  const added = statementsOf(batch).filter((statement) => !isNoMore(statement, before));
  const serious = (batch?.findings ?? []).filter(({ severity }) => severity !== "SUGGESTION");
  if (added.length > 0) expect({ added, codes: serious.map(({ code }) => code) }).not.toMatchObject({ codes: [] });
}

function lineAround(text: string, index: number): string {
  const end = text.indexOf("\n", index);
  return text.slice(text.lastIndexOf("\n", index - 1) + 1, end === -1 ? text.length : end);
}

const page = fc.constantFrom(...PAGES);
const at = fc.nat(10_000);
const lineAt = (lines: readonly string[], place: number): number => place % Math.max(1, lines.length);

describe("a page that was spoilt never crashes the reader, nor gives anyone more without a finding", () => {
  test.each<readonly [string, (lines: string[], from: number, to: number) => string[]]>([
    ["cut off", (lines, from) => lines.slice(0, from)],
    ["without its beginning", (lines, from) => lines.slice(from)],
    ["with a hole", (lines, from, to) => lines.toSpliced(Math.min(from, to), Math.abs(to - from))],
    ["with a line missing", (lines, from) => lines.toSpliced(from, 1)],
    ["with two lines glued", (lines, from) => lines.toSpliced(from, 2, `${lines[from] ?? ""}${lines[from + 1] ?? ""}`)],
    ["with two lines swapped", (lines, from, to) => lines.with(from, lines[to] ?? "").with(to, lines[from] ?? "")],
    ["with a line twice", (lines, from) => lines.toSpliced(from, 0, lines[from] ?? "")],
  ])("%s", (_name, spoil) => {
    fc.assert(
      fc.property(page, at, at, (text, one, other) => {
        const lines = text.split("\n");
        expectNothingNew(spoil(lines, lineAt(lines, one), lineAt(lines, other)).join("\n"), text);
      }),
      runs(30),
    );
  });

  test("with a stray character", () => {
    fc.assert(
      fc.property(page, at, fc.constantFrom(...Array.from("{}[]\"',:|#\\`\u00a0，「<>&")), (text, place, mark) => {
        const index = place % text.length;
        // A mark within the only name that a page gives a role makes another name, and nothing shows it.
        fc.pre(!lineAround(text, index).includes("AliyunServiceRole"));
        expectNothingNew(`${text.slice(0, index)}${mark}${text.slice(index)}`, text);
      }),
      runs(150),
    );
  });
});
