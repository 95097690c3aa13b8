import { describe, expect, test } from "@jest/globals";
import { overlay } from "../../src/grants/overlay-map.js";
import { WithoutRows } from "../../src/grants/without-rows.js";

interface Row {
  readonly policy: string;
}

const listOf = (from: number, end: number): readonly Row[] =>
  Array.from({ length: end - from }, (_, at) => ({ policy: `p${from + at}` }));
const without = (...gone: readonly string[]) => ({ view: WithoutRows.of<Row>(new Set(gone), ({ policy }) => policy) });

describe("a map whose lists lose rows", () => {
  // Beyond some five thousand, a look through one change after the other came to the end of the stack.
  test("can be read after twenty thousand changes", () => {
    const whole: ReadonlyMap<string, readonly Row[]> = new Map([
      ["user", listOf(0, 20_001)],
      ["other", listOf(0, 1)],
    ]);
    let map = whole;
    for (let at = 0; at < 20_000; at++) map = overlay(map, without(`p${at}`));
    expect(map.get("user")).toEqual([{ policy: "p20000" }]);
    expect(map.get("other")).toBeUndefined();
    expect(whole.get("user")).toHaveLength(20_001);
  });

  test("shows what was put after the row's name had gone", () => {
    const map = overlay(new Map([["user", listOf(0, 2)]]), without("p0"));
    const again = overlay(map, { put: new Map([["user", listOf(0, 2)]]) });
    const later = overlay(again, without("p1"));
    expect([map, again, later].map((each) => each.get("user"))).toEqual([listOf(1, 2), listOf(0, 2), listOf(0, 1)]);
  });
});
