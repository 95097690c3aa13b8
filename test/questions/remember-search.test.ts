import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { pairOf, rememberSearch } from "../../src/questions/access/remember-search.js";

describe("what took many decisions", () => {
  let runs = 0;
  function* search(rows: readonly number[]): Generator<undefined, readonly number[], undefined> {
    yield undefined;
    runs += 1;
    return rows;
  }
  const recall = rememberSearch<object, readonly number[]>(({ length }) => length);
  const [world, other] = [{}, {}];
  const ask = (of: object, key: string | undefined, rows: readonly number[]) => {
    runs = 0;
    return { rows: finish(recall(of, key, () => search(rows))), runs };
  };

  test("is worked out once for one question about one world", () => {
    expect(ask(world, "a", [1])).toEqual({ rows: [1], runs: 1 });
    expect(ask(world, "a", [2])).toEqual({ rows: [1], runs: 0 });
  });

  test.each([
    ["another question", world, "b"],
    ["another world", other, "a"],
    ["a question without a key", world, undefined],
  ])("is worked out anew for %s", (_, of, key) => {
    expect(ask(of, key, [3])).toEqual({ rows: [3], runs: 1 });
  });

  test("is not kept where it is large", () => {
    const large = Array.from({ length: 3_000 }, (_, index) => index);
    expect(ask(world, "large", large).runs).toBe(1);
    expect(ask(world, "large", large).runs).toBe(1);
  });

  test("goes when many others came after it", () => {
    ask(world, "first", [1]);
    for (let at = 0; at < 40; at++) ask(world, `later ${at}`, [at]);
    expect(ask(world, "first", [1]).runs).toBe(1);
    expect(ask(world, "later 39", [0])).toEqual({ rows: [39], runs: 0 });
  });

  test("is kept of two worlds in their order", () => {
    expect(pairOf(world, other)).toBe(pairOf(world, other));
    expect(pairOf(world, other)).not.toBe(pairOf(other, world));
  });
});
