import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";
import type { CatalogBatch } from "../../src/inventory/batch.js";

const HEAD =
  "# Acme Queue: RAM authorization\n\nThe RAM code (RamCode) for Acme is acmeq , and the supported authorization granularity is RESOURCE .\n";
const TABLE: readonly (readonly string[])[] = [
  ["Action", "API", "Access level", "Resource type", "Condition key", "Dependent action"],
  ["-", "-", "-", "-", "-", "-"],
  ["acmeq:CreateBox", "CreateBox", "create", "*Box<br>acs:acmeq:*:*:box/*", "acmeq:color", "acmeq:GetLid"],
  ["acmeq:BoxAccess", "ListBoxKeys", "list", "*Box<br>acs:acmeq:*:*:box/*", "none", "none"],
  ["acmeq:DeleteLid", "DeleteLid", "delete", "*Lid<br>acs:acmeq:*:*:lid/*", "acmeq:size", "none"],
];

const asText = (table: readonly (readonly string[])[]): string =>
  `${HEAD}\n${table.map((row) => `|${row.join("|")}|`).join("\n")}\n`;

function read(text: string): CatalogBatch | undefined {
  const reading = readPage(Buffer.from(text), { fileName: "page.md" });
  return "batch" in reading ? reading.batch : undefined;
}

/** Every single thing that a page says of operations. */
function factsOf(batch: CatalogBatch | undefined): string[] {
  return (batch?.facts.operations ?? []).flatMap(
    ({ name, action, accessLevel, resources, conditionKeys, dependentActions }) => [
      `${name} needs ${action}`,
      ...(accessLevel === undefined ? [] : [`${name} is ${accessLevel}`]),
      ...resources.map((resource) => `${name} on ${JSON.stringify(resource)}`),
      ...conditionKeys.map((key) => `${name} knows ${key}`),
      ...dependentActions.map((other) => `${name} depends on ${other}`),
    ],
  );
}

const ORIGINAL = factsOf(read(asText(TABLE)));

function isHonest(text: string): boolean {
  const batch = read(text);
  const isNew = factsOf(batch).some((fact) => !ORIGINAL.includes(fact));
  return !isNew || (batch?.findings ?? []).some(({ severity }) => severity !== "SUGGESTION");
}

const COLUMNS = TABLE[0]?.map((name, index) => [name, index] as const) ?? [];
/** Two actions of one row that changed places look as the page would have written them: nothing can tell. */
const isSameType = (one: string, other: string): boolean => one === "Action" && other === "Dependent action";
const PAIRS = COLUMNS.flatMap(([one, at]) =>
  COLUMNS.slice(at + 1).map(([other, behind]) => [one, other, at, behind] as const),
).filter(([one, other]) => !isSameType(one, other));

describe("a spoilt authorization table says nothing new without a finding", () => {
  test("the whole one is read without one", () => {
    expect(ORIGINAL).toHaveLength(12);
    expect(read(asText(TABLE))?.findings).toEqual([]);
  });

  test.each(COLUMNS)("without its column %s", (_, column) => {
    expect(isHonest(asText(TABLE.map((row) => row.toSpliced(column, 1))))).toBe(true);
  });

  test.each(COLUMNS)("with a cell missing below %s", (_, column) => {
    for (let row = 2; row < TABLE.length; row++)
      expect(isHonest(asText(TABLE.map((cells, at) => (at === row ? cells.toSpliced(column, 1) : cells))))).toBe(true);
  });

  test.each(TABLE.map((_, row) => row))("without line %i", (row) => {
    expect(isHonest(asText(TABLE.toSpliced(row, 1)))).toBe(true);
  });

  test.each(PAIRS)("with the cells below %s and %s swapped", (_one, _other, at, behind) => {
    for (let row = 2; row < TABLE.length; row++) {
      const cells = TABLE[row] ?? [];
      const swapped = cells.with(at, cells[behind] ?? "").with(behind, cells[at] ?? "");
      expect(isHonest(asText(TABLE.with(row, swapped)))).toBe(true);
    }
  });
});
