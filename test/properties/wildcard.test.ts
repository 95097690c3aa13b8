import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchesWildcard } from "../../src/policy/wildcard.js";
import { runs } from "../worlds/runs.js";

const LETTERS = ["a", "b", "*", "?", "😀", ":"] as const;
const text = fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }).map((chars) => chars.join(""));

test("the matcher agrees with the textbook's table of prefixes", () => {
  fc.assert(
    fc.property(text, text, (pattern, value) => {
      expect(matchesWildcard(pattern, value)).toBe(matchesByTable(pattern, value));
    }),
    runs(3000),
  );
});

test.each([
  ["2,000 characters of `*a` before a `b`", `${"*a".repeat(1000)}b`, "a".repeat(2000), false],
  ["stars all over", "*".repeat(2000), "", true],
  ["a long run", `*${"a".repeat(999)}b`, "a".repeat(2000), false],
])("%s are decided at once", (_, pattern, value, expected) => {
  // Time of this process alone: other tests may keep the machine busy.
  const start = process.cpuUsage();
  expect(matchesWildcard(pattern, value)).toBe(expected);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(5000);
});

/** `table[i][j]`: do the first i characters of the pattern match the first j of the text? */
function matchesByTable(pattern: string, value: string): boolean {
  const [p, t] = [Array.from(pattern), Array.from(value)];
  const table: boolean[][] = [];
  for (let i = 0; i <= p.length; i++) {
    const row: boolean[] = [];
    for (let j = 0; j <= t.length; j++) {
      if (i === 0) row.push(j === 0);
      else if (p[i - 1] === "*") row.push(table[i - 1]?.[j] === true || (j > 0 && row[j - 1] === true));
      else row.push(j > 0 && table[i - 1]?.[j - 1] === true && (p[i - 1] === "?" || p[i - 1] === t[j - 1]));
    }
    table.push(row);
  }
  return table[p.length]?.[t.length] === true;
}
