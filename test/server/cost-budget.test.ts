import { describe, expect, test } from "@jest/globals";
import { createCostBudget, keyOf } from "../../src/server/cost-budget.js";

const viewer = (name: string, accountIds?: readonly string[]) => ({
  name,
  seesAllAccounts: accountIds === undefined,
  mayExplore: false,
  ...(accountIds && { accountIds }),
});

describe("a viewer's budget", () => {
  test("is spent to the last point and not beyond, and comes back evenly", () => {
    let time = 0;
    const spend = createCostBudget(600, () => time);
    const anna = viewer("anna");
    expect(spend(anna, 600)).toEqual({ isGranted: true, remaining: 0, resetAt: 60_000, wait: 0 });
    expect(spend(anna, 1)).toEqual({ isGranted: false, remaining: 0, resetAt: 60_000, wait: 100 });
    time = 99;
    expect(spend(anna, 1).isGranted).toBe(false);
    time = 100;
    expect(spend(anna, 1)).toMatchObject({ isGranted: true, remaining: 0 });
    time = 100 + 30_000;
    expect(spend(anna, 301)).toMatchObject({ isGranted: false, remaining: 300, wait: 100 });
    expect(spend(anna, 300)).toMatchObject({ isGranted: true, remaining: 0 });
  });

  test("is not saved up, and a clock that is set back neither gives nor takes", () => {
    let time = 1_000_000;
    const spend = createCostBudget(600, () => time);
    spend(viewer("anna"), 600);
    time += 3_600_000;
    expect(spend(viewer("anna"), 601).isGranted).toBe(false);
    expect(spend(viewer("anna"), 400).remaining).toBe(200);
    time = 0;
    expect(spend(viewer("anna"), 0).remaining).toBe(200);
  });

  test("is their own", () => {
    const spend = createCostBudget(600, () => 0);
    spend(viewer("anna"), 600);
    expect(spend(viewer("anna", ["1"]), 600).isGranted).toBe(true);
    expect(spend(viewer("ben"), 600).isGranted).toBe(true);
  });

  test("is kept for ten thousand viewers at most", () => {
    const spend = createCostBudget(600, () => 0);
    spend(viewer("anna"), 600);
    for (let at = 0; at < 10_000; at += 1) spend(viewer(`n${at}`), 1);
    expect(spend(viewer("n9999"), 600).isGranted).toBe(false);
    expect(spend(viewer("anna"), 600).isGranted).toBe(true);
  });

  test.each([
    [viewer("a", ["1", "2"]), viewer("a", ["1,2"])],
    [viewer("a"), viewer("a", [])],
    [viewer('a",["1"]'), viewer("a", ["1"])],
  ])("is kept under a key that no other viewer has", (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
