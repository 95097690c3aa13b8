import { describe, expect, test } from "@jest/globals";
import { printAnswer } from "../../../src/cli/answer/print-answer.js";
import type { JsonObject } from "../../../src/cli/answer/rows-of.js";

const GAP = { reason: "ACCOUNT_NOT_IMPORTED", detail: "account `9` was never imported" };

describe("remarks", () => {
  test.each<[string, JsonObject, readonly string[]]>([
    [
      "name what was not seen, each once",
      { whoCan: { edges: [{ coverage: { gaps: [GAP] } }], coverage: { gaps: [GAP] } } },
      ["not seen: account `9` was never imported"],
    ],
    [
      "name it by what was selected of it",
      { whoCan: { nodes: [], coverage: { gaps: [{ reason: "STALE", subject: "ecs" }] } } },
      ["not seen: STALE ecs"],
    ],
    [
      "say that something was not seen where nobody asked what",
      { can: { verdict: "ALLOWED", coverage: { isComplete: false } } },
      ["not seen: something; select `coverage { gaps { detail } }` to read what"],
    ],
    [
      "say of how many rows a page is",
      { role: { permissions: { totalCount: 3, nodes: [{ name: "a" }] } } },
      ["`role.permissions`: 1 of 3 shown; ask for others by `first` or `after`"],
    ],
    [
      "say that there is more where nobody asked how much",
      { roles: { edges: [{ node: { name: "a" } }], pageInfo: { hasNextPage: true } } },
      ["`roles`: 1 shown, and there are more; ask for others by `first` or `after`"],
    ],
    ["are none, of a whole answer", { roles: { totalCount: 1, nodes: [{ name: "a" }], coverage: { gaps: [] } } }, []],
    ["are none, of what was not found", { role: null }, []],
  ])("%s", (_rule, data, remarks) => {
    const view = { format: "table", width: 60, isCompact: false } as const;
    expect(printAnswer({ data }, view).remarks).toEqual(remarks);
  });

  test("are none, of JSON, which holds them", () => {
    const data = { whoCan: { nodes: [], coverage: { gaps: [GAP] } } };
    expect(printAnswer({ data }, { format: "json", width: 60, isCompact: true })).toEqual({
      text: `${JSON.stringify({ data })}\n`,
      remarks: [],
    });
  });
});
