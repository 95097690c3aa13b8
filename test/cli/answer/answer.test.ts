import { describe, expect, test } from "@jest/globals";
import { edgesOf } from "../../../src/cli/answer/edges-of.js";
import type { AnswerFormat } from "../../../src/cli/answer/formats.js";
import { printAnswer } from "../../../src/cli/answer/print-answer.js";
import { type JsonObject, rowsOf } from "../../../src/cli/answer/rows-of.js";

const REVISION = { ramgraphRevision: { revision: "7" } };

function print(format: AnswerFormat, data: JsonObject, field?: string): string {
  const view = { format, width: 60, isCompact: true, ...(field !== undefined && { field }) };
  return printAnswer({ data: { ...data, ...REVISION } }, view).text;
}

describe("rows", () => {
  test.each<[string, JsonObject, string, readonly Readonly<Record<string, string>>[]]>([
    [
      "are those of a connection's edges, whose node needs no name",
      { whoCan: { totalCount: 1, edges: [{ cursor: "c", node: { name: "a" }, decision: { verdict: "ALLOWED" } }] } },
      "whoCan",
      [{ name: "a", "decision.verdict": "ALLOWED" }],
    ],
    [
      "carry what stands around them",
      { role: { name: "r", permissions: { nodes: [{ action: { name: "x:Y" } }] } } },
      "role.permissions",
      [{ "role.name": "r", "action.name": "x:Y" }],
    ],
    [
      "are those of a connection before those of a list",
      { role: { summary: [{ allowed: 1 }], permissions: { nodes: [{ a: true }] } } },
      "role.permissions",
      [{ a: "true" }],
    ],
    [
      "are one, of an answer without a list",
      { can: { verdict: "ALLOWED", principal: null } },
      "",
      [{ "can.verdict": "ALLOWED", "can.principal": "" }],
    ],
    [
      "hold lists of their own as texts",
      { actions: { nodes: [{ levels: ["GET", "LIST"], of: { nodes: [{ name: "a" }, { name: "b" }] } }] } },
      "actions",
      [{ levels: "GET; LIST", of: "a; b" }],
    ],
    ["are none, of an empty list", { roles: { nodes: [] } }, "roles", []],
  ])("%s", (_rule, data, place, expected) => {
    const found = rowsOf(data);
    expect(found?.place).toBe(place);
    expect(found?.rows.map((row) => Object.fromEntries(row))).toEqual(expected);
  });

  test("are those of the field that is asked for", () => {
    const data = { a: { nodes: [{ x: 1 }] }, b: [{ y: 2 }] };
    expect(rowsOf(data, "b")?.columns).toEqual(["y"]);
    expect(() => print("table", data, "c")).toThrow("the answer has no list `c`; it has `a`, `b`");
  });
});

describe("CSV", () => {
  test.each([
    ["=cmd()", "'=cmd()"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ['say "hi", you', '"say ""hi"", you"'],
    ["plain", "plain"],
  ])("shows %j as %s, and the revision", (name, cell) => {
    expect(print("csv", { roles: { nodes: [{ name }] } })).toBe(`name,revision\r\n${cell},7\r\n`);
  });
});

test("a table shows what nobody could see", () => {
  const table = print("table", { roles: { nodes: [{ name: "a\u202eb\u001b[31m" }] } });
  expect(table).toContain("a\\u202eb\\u001b[31m");
  expect(table).toMatch(/\n1 row of roles at revision 7\n$/);
});

test("a table keeps within the terminal's width", () => {
  const wide = { roles: { nodes: [{ name: "n".repeat(200), text: "word ".repeat(50), short: "s" }] } };
  const lengths = print("table", wide)
    .split("\n")
    .map((line) => line.length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
});

describe("edges", () => {
  const steps = [
    { from: { name: "u" }, to: { name: "r" }, decision: { verdict: "ALLOWED" } },
    { from: { name: "r" }, to: { name: "s" }, decision: { verdict: "CONDITIONAL" } },
  ];

  test.each<[string, JsonObject, readonly string[]]>([
    [
      "the steps of a path, each once",
      { whoCan: [{ paths: [{ steps }] }, { paths: [{ steps }] }] },
      ["u ALLOWED r", "r CONDITIONAL s"],
    ],
    [
      "what a thing depends on, from the thing itself",
      { services: [{ code: "a", name: "A", dependsOn: [{ to: { code: "b" }, role: { name: "L" } }] }] },
      ["a L b"],
    ],
    [
      "a labelled edge goes before the same without a label",
      {
        services: [
          { code: "b", usedBy: [{ from: { code: "a" } }] },
          { code: "a", dependsOn: [{ to: { code: "b" }, role: { name: "L" } }] },
        ],
      },
      ["a L b"],
    ],
    [
      "names of two accounts stay apart",
      { step: { from: { name: "r", account: { alias: "x" } }, to: { name: "r", account: { alias: "y" } } } },
      ["x/r  y/r"],
    ],
    [
      "the means of a step",
      { paths: [{ steps: [{ means: "CREATE_USER", from: { name: "a" }, to: null }] }] },
      ["a CREATE_USER newly made"],
    ],
    [
      "as good as the weakest of a step's calls",
      {
        steps: [
          { from: { name: "a" }, to: { name: "b" }, decisions: [{ verdict: "ALLOWED" }, { verdict: "CONDITIONAL" }] },
          { from: { name: "b" }, to: { name: "c" }, decisions: [{ verdict: "ALLOWED" }, { verdict: "ALLOWED" }] },
        ],
      },
      ["a CONDITIONAL b", "b ALLOWED c"],
    ],
    [
      "from whom they stand with, where that is not asked for, but never to them where there is nobody",
      { user: { name: "u", steps: [{ from: { name: "a" }, to: null }, { to: { name: "b" } }] } },
      ["a  newly made", "u  b"],
    ],
  ])("are %s", (_rule, data, expected) => {
    expect(edgesOf(data).map(({ from, label, to }) => `${from.name} ${label} ${to.name}`)).toEqual(expected);
  });

  test("are drawn with names that could break the drawing", () => {
    const step = { from: { name: 'a"]; click' }, to: { name: "<b>#\\" }, decision: { verdict: "ALLOWED" } };
    expect(print("mermaid", { step })).toBe(
      'flowchart LR\n  n0["a#34;]; click"]\n  n1["#60;b#62;#35;\\"]\n  n0 -->|"ALLOWED"| n1\n',
    );
    expect(print("dot", { step })).toBe(
      'digraph ramgraph {\n  rankdir=LR;\n  n0 [label="a\\"]; click"];\n  n1 [label="<b>#\\\\"];\n  n0 -> n1 [label="ALLOWED"];\n}\n',
    );
  });

  test("of one name are drawn apart, by what tells them apart", () => {
    const at = (account: string, name: string) => ({ arn: `acs:ram::${account}:role/${name}`, name });
    const steps = [
      { means: "ASSUME_ROLE", from: at("1", "ops"), to: at("2", "ops") },
      { means: "ASSUME_ROLE", from: at("2", "ops"), to: at("2", "admin") },
    ];
    expect(print("mermaid", { steps })).toBe(
      [
        "flowchart LR",
        '  n0["ops (acs:ram::1:role/ops)"]',
        '  n1["ops (acs:ram::2:role/ops)"]',
        '  n2["admin"]',
        '  n0 -->|"ASSUME_ROLE"| n1',
        '  n1 -->|"ASSUME_ROLE"| n2',
        "",
      ].join("\n"),
    );
  });

  test("that are not there are said to be missing", () => {
    expect(() => print("dot", { roles: { nodes: [{ name: "r" }] } })).toThrow("select `from { name } to { name }`");
  });
});
