import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readPage } from "../../src/importers/docs/read-page.js";
import type { CatalogFacts, OperationFact } from "../../src/inventory/batch.js";
import { runs } from "../worlds/runs.js";

/** A table as a page shows it: lines inside of each cell. */
interface Shown {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (readonly string[])[])[];
}

const escaped = (text: string): string => text.replace(/[*$]/g, "\\$&");
const markdown = ({ header, rows }: Shown): string =>
  [header, header.map(() => "---"), ...rows.map((row) => row.map((cell) => cell.map(escaped).join("<br>")))]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
const html = ({ header, rows }: Shown): string => {
  const words = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  const body = rows.map((cells) => row(cells.map((lines) => lines.map((line) => `<p>${words(line)}</p>`).join(""))));
  return `<table>${row(header.map(words))}${body.join("\n")}</table>`;
};
const paragraphs = ({ header, rows }: Shown): string => [...header, ...rows.flat(2)].join("\n\n");

function factsOf(text: string): Omit<CatalogFacts, "product"> {
  const reading = readPage(Buffer.from(text), { fileName: "page" });
  if ("refusal" in reading) throw new Error(`${reading.refusal.reason}\n${text}`);
  const { product: _, ...facts } = reading.batch.facts;
  return facts;
}

const RENDERINGS: readonly (readonly [string, (sentence: string, table: Shown) => string])[] = [
  ["a Markdown table", (sentence, table) => `# Acme\n\n${sentence}\n\n${markdown(table)}\n`],
  [
    "Markdown paragraphs",
    (sentence, table) =>
      `# Acme\n\n${sentence}\n\n${escaped(paragraphs(table))}\n\n## More\n\nMore is said elsewhere.\n`,
  ],
  ["HTML", (sentence, table) => `<html><body><h1>Acme</h1><p>${sentence}</p>\n${html(table)}</body></html>`],
];

const ENGLISH = {
  sentence: "The RAM code (RamCode) for Acme is acme , and the supported authorization granularity is RESOURCE .",
  header: ["Action", "API", "Access level", "Resource type", "Condition key", "Dependent action"],
  none: "None",
  all: "*All Resources",
};
const SECOND = {
  ...ENGLISH,
  sentence:
    "The code (RamCode) in RAM that is used to indicate Acme is acme. You can grant permissions on Acme at the RESOURCE.",
  header: ["Operation", "API operation", "Access level", "Resource type", "Condition key", "Associated operation"],
};
const CHINESE = {
  sentence: "Acme 的 RAM 代码（RamCode）为 acme ，支持的授权粒度为资源级。",
  header: ["操作", "API", "访问级别", "资源类型", "条件关键字", "关联操作"],
  none: "无",
  all: "*全部资源",
};

const word = fc.stringMatching(/^[A-Z][a-z]{2,8}$/);
const resource = fc.record({ label: word, isRequired: fc.boolean(), id: word });
const row = fc.record({
  name: word,
  level: fc.constantFrom("create", "get", "list", "update", "delete", "none"),
  resources: fc.array(resource, { maxLength: 3 }),
  keys: fc.uniqueArray(word, { maxLength: 3 }),
  needs: fc.uniqueArray(word, { maxLength: 3 }),
});
/** Where both last columns hold values the lines of text leave open where one ends: then each holds one. */
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ({ name }) => name }).map((all) =>
  all.map(({ keys, needs, ...rest }) => {
    const areBoth = keys.length > 0 && needs.length > 0;
    return { ...rest, keys: areBoth ? keys.slice(0, 1) : keys, needs: areBoth ? needs.slice(0, 1) : needs };
  }),
);
type Row = typeof rows extends fc.Arbitrary<readonly (infer R)[]> ? R : never;

function shown(all: readonly Row[], { header, none, all: everything }: typeof ENGLISH): Shown {
  const orNone = (lines: readonly string[]) => (lines.length === 0 ? [none] : lines);
  return {
    header,
    rows: all.map(({ name, level, resources, keys, needs }) => [
      [`acme:${name}`],
      [name],
      [level],
      resources.length === 0
        ? [everything, "*"]
        : resources.flatMap(({ label, isRequired, id }) => [
            `${isRequired ? "*" : ""}${label}`,
            `acs:acme:{#regionId}:{#accountId}:${label.toLowerCase()}/{#${id}}`,
          ]),
      orNone(keys.map((key) => `acme:${key}`)),
      orNone(needs.map((need) => `acme:${need}`)),
    ]),
  };
}

describe("a page means the same however it was saved", () => {
  test.each([
    ["of the third generation", ENGLISH],
    ["of the second generation", SECOND],
    ["in Chinese", CHINESE],
  ])("%s", (_, words) => {
    fc.assert(
      fc.property(rows, (all) => {
        const [first, ...others] = RENDERINGS.map(([, render]) => factsOf(render(words.sentence, shown(all, words))));
        expect(first?.operations.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
        expect(first?.operations.map(({ conditionKeys }) => conditionKeys.length)).toEqual(
          all.map(({ keys }) => keys.length),
        );
        expect(first?.operations.map(({ dependentActions }) => dependentActions.length)).toEqual(
          all.map(({ needs }) => needs.length),
        );
        for (const other of others) expect(other).toEqual(first);
      }),
      runs(15),
    );
  });

  const RULES: Shown["rows"] = [
    [["AddBox"], ["acs:acme:$regionid:$accountid:box/*"]],
    [["AttachBox"], ["acs:acme:$regionid:$accountid:box/$boxId", "acs:acme:$regionid:$accountid:lid/$lidId"]],
  ];
  const FULL: Shown["rows"] = RULES.map(([name, names]) => [[`acme:${name?.[0] ?? ""}`], names ?? []]);
  test.each<[string, Shown]>([
    ["actions without a service, and rules", { header: ["Action", "Authorization rule"], rows: RULES }],
    ["operations and formats", { header: ["API", "Resource format"], rows: RULES }],
    ["actions under `Operation`", { header: ["Operation", "ARN format"], rows: FULL }],
    ["Chinese actions and rules", { header: ["操作", "鉴权规则"], rows: FULL }],
  ])("of the first generation: %s", (_, table) => {
    const [first, ...others] = RENDERINGS.map(([, render]) => factsOf(render("Acme", table)));
    expect(first?.operations.map(({ action, name }) => `${action} ${name}`)).toEqual([
      "acme:AddBox AddBox",
      "acme:AttachBox AttachBox",
    ]);
    expect(first?.operations.map(({ resources }) => resources.length)).toEqual([1, 2]);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe("a damaged page", () => {
  const whole = (all: readonly Row[]) => (RENDERINGS[1]?.[1] ?? (() => ""))(ENGLISH.sentence, shown(all, ENGLISH));
  const read = (text: string): { operations: readonly OperationFact[]; findings: number } => {
    const reading = readPage(Buffer.from(text), { fileName: "page" });
    if ("refusal" in reading) return { operations: [], findings: 1 };
    return { operations: reading.batch.facts.operations, findings: reading.batch.findings.length };
  };
  const isWithin = <T>(some: readonly T[], all: readonly T[]): boolean => {
    const known = new Set(all.map((one) => JSON.stringify(one)));
    return some.every((one) => known.has(JSON.stringify(one)));
  };
  const saysLess = (one: OperationFact, other: OperationFact): boolean =>
    isWithin(
      [[one.service, one.action, one.name, one.accessLevel]],
      [[other.service, other.action, other.name, other.accessLevel]],
    ) &&
    isWithin(one.resources, other.resources) &&
    isWithin(one.conditionKeys, other.conditionKeys) &&
    isWithin(one.dependentActions, other.dependentActions);

  test("that was cut off says nothing new without a finding", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, at) => {
        const text = whole(all);
        const lines = text.split("\n").filter((line) => line !== "");
        const first = 2 + ENGLISH.header.length;
        const { operations, findings } = read(lines.slice(0, first + (at % (lines.length - first))).join("\n\n"));
        const known = read(text).operations;
        const added = operations.filter((one) => !known.some((other) => saysLess(one, other)));
        if (findings === 0) expect(added).toEqual([]);
      }),
      runs(60),
    );
  });
});
