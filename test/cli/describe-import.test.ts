import { expect, test } from "@jest/globals";
import { describeImport } from "../../src/cli/describe-import.js";

const table = (name: string, added: number) => ({ table: name, added, changed: 0, removed: 0 });

test("the report's table comes to the sum above it", () => {
  const report = {
    revision: "2",
    before: "1",
    isDryRun: false,
    added: 8,
    changed: 0,
    removed: 0,
    tables: [table("principal", 3), table("app_user", 3), table("coverage_gap", 2)],
    findings: 0,
    noted: [],
    gaps: [],
    sources: ["1234567890123456"],
    durationMs: 1200,
  };
  const lines = describeImport(report, 80).split("\n");
  expect(lines[0]).toBe("revision 2: 8 rows added, 0 changed, 0 removed: 1234567890123456 (from revision 1, 1.2 s)");
  const counts = lines.flatMap((line) => {
    const cells = line.split("│").map((cell) => cell.trim());
    return cells.length > 2 ? [`${cells[1]} ${cells[2]}`] : [];
  });
  expect(counts).toEqual([" added", "users 3", "ramgraph's own records 5"]);
});
