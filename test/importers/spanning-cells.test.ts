import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";
import { GOES_ON, spanCells } from "../../src/importers/docs/spanning-cells.js";

const cell = (text: string, width = 1, height = 1) => ({ text, width, height });

describe("cells that cover several rows or columns", () => {
  test("reach down, and what comes behind them moves on", () => {
    const cellsOf = spanCells();
    expect(cellsOf([cell("a", 1, 3), cell("b"), cell("c", 1, 2)])).toEqual(["a", "b", "c"]);
    expect(cellsOf([cell("d")])).toEqual(["a", "d", "c"]);
    expect(cellsOf([cell("e"), cell("f")])).toEqual(["a", "e", "f"]);
    expect(cellsOf([cell("g")])).toEqual(["g"]);
  });

  test("say `none` of each column, and of other words only the first knows", () => {
    const cellsOf = spanCells();
    expect(cellsOf([cell("a"), cell("None", 2)])).toEqual(["a", "None", "None"]);
    expect(cellsOf([cell("a"), cell("b", 2)])).toEqual(["a", "b", GOES_ON]);
  });

  test("are no wider than a page's, and long words are not repeated", () => {
    const cellsOf = spanCells();
    expect(cellsOf([cell("-", 999)])).toHaveLength(60);
    expect(spanCells()([cell("x".repeat(5000), 1, 9)])[0]).toHaveLength(5000);
    cellsOf([cell("x".repeat(5000), 1, 9)]);
    expect(cellsOf([])).toEqual([GOES_ON]);
  });
});

const table = (rows: string): string =>
  `<h1>Acme</h1><p>The RAM code (RamCode) for Acme is acmeq , and the supported authorization granularity is RESOURCE .</p><table>${rows}</table>`;

function read(text: string) {
  const reading = readPage(Buffer.from(text), { fileName: "page.html" });
  if ("refusal" in reading) throw new Error(reading.refusal.reason);
  return { operations: reading.batch.facts.operations, codes: reading.batch.findings.map(({ code }) => code) };
}

describe("authorization tables of HTML pages", () => {
  const header =
    "<tr><th>Action</th><th>API</th><th>Access level</th><th>Resource type</th><th>Condition key</th><th>Dependent action</th></tr>";

  test("an action that covers two rows holds for both", () => {
    const { operations, codes } = read(
      table(
        `${header}<tr><td rowspan=2>acmeq:Box</td><td>GetBox</td><td>get</td><td>*Box<br>acs:acmeq:*:*:box/*</td><td colspan=2>None</td></tr><tr><td>ListBoxes</td><td>list</td><td>*Box<br>acs:acmeq:*:*:box/*</td><td>acmeq:color</td><td>None</td></tr>`,
      ),
    );
    expect(operations).toMatchObject([
      { name: "GetBox", action: "acmeq:Box", conditionKeys: [], dependentActions: [] },
      { name: "ListBoxes", action: "acmeq:Box", accessLevel: "LIST", conditionKeys: ["acmeq:color"] },
    ]);
    expect(codes).toEqual([]);
  });

  test("a cell across condition keys and dependent actions is none of the latter", () => {
    const row =
      "<tr><td>acmeq:Cut</td><td>Cut</td><td>update</td><td>*Box<br>acs:acmeq:*:*:box/*</td><td colspan=2>acmeq:color</td></tr>";
    const { operations, codes } = read(table(`${header}${row}`));
    expect(operations).toMatchObject([{ dependentActions: [] }]);
    expect(codes).toEqual(["ROW_INCOMPLETE"]);
  });

  test("a header of two rows parts its columns", () => {
    const { operations } = read(
      table(
        "<tr><th rowspan=2>Action</th><th rowspan=2>API</th><th colspan=2>Resource</th></tr><tr><th>Resource type</th><th>ARN</th></tr><tr><td>acmeq:Get</td><td>GetBox</td><td>Box</td><td>acs:acmeq:*:*:box/*</td></tr>",
      ),
    );
    expect(operations).toMatchObject([
      { name: "GetBox", resources: [{ resourceType: "Box", arnTemplate: "acs:acmeq:*:*:box/*" }] },
    ]);
  });
});

describe("what cannot be told is a finding", () => {
  const role = "<h1>AliyunServiceRoleForAcme</h1><p>Service name: acme.aliyuncs.com</p>";
  const row = (name: string): string =>
    `<table><tr><th>Name</th><th>Text</th></tr><tr><td>${name}</td><td>{"Version": "1",<br>"Statement": [{"Effect": "Allow",<br>"Action": "a:B", "Resource": "*"}]}</td></tr></table>`;

  test.each([
    ["Custom policy", "UNATTRIBUTED_POLICY"],
    ["For RAM users", "UNATTRIBUTED_POLICY"],
    ["Document", undefined],
  ])("a policy in a row that begins `%s`", (name, code) => {
    const reading = readPage(Buffer.from(role + row(name)), { fileName: "page.html" });
    const batch = "batch" in reading ? reading.batch : undefined;
    expect(batch?.findings[0]?.code).toBe(code);
    expect(batch?.facts.roles[0]?.document === undefined).toBe(code !== undefined);
  });

  test("a policy with breaks in a Markdown cell is not read", () => {
    const text = '# AliyunServiceRoleForAcme\n\n|Name|Policy|\n|-|-|\n|One|{"Effect": "Allow",<br>"Action": "a:B"}|\n';
    const reading = readPage(Buffer.from(text), { fileName: "page.md" });
    expect(reading).toMatchObject({
      batch: { facts: { roles: [expect.not.objectContaining({ document: expect.anything() })] } },
    });
    expect("batch" in reading ? reading.batch.findings.map(({ code }) => code) : []).toContain("POLICY_UNREADABLE");
  });

  test("a level that is glued to its action", () => {
    const rows = [
      "ram:ListRoles List",
      "全部资源",
      "*",
      "无 无",
      "ram:GetRoleWrite",
      "- 角色",
      "- acs:ram::*:role/*",
      "无",
      "无",
    ];
    const lines = ["# Acme", "操作", "访问级别", "资源类型", "条件关键字", "关联操作", ...rows];
    const reading = readPage(Buffer.from(lines.join("\n\n")), { fileName: "page.txt" });
    const batch = "batch" in reading ? reading.batch : undefined;
    expect(batch?.facts.operations.map(({ action }) => action)).toEqual(["ram:ListRoles"]);
    expect(batch?.findings).toContainEqual(
      expect.objectContaining({ code: "ROW_UNREADABLE", message: expect.stringContaining("ram:GetRoleWrite") }),
    );
  });

  test("that a page has no authorization information", () => {
    const text =
      "# GetBox - Gets\n\n## Authorization information\n\nThere is no authorization information in the API.\n";
    expect(readPage(Buffer.from(text), { fileName: "page.md" })).toMatchObject({
      refusal: { reason: expect.stringContaining("which actions its operation needs is not known") },
    });
  });
});
