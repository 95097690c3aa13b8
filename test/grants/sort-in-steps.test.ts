import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sortBackwards, sortInSteps } from "../../src/grants/sort-in-steps.js";
import { runs } from "../worlds/runs.js";

function sorted(rows: readonly number[], sort = sortInSteps) {
  const steps = sort(rows.length, (a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
  let [step, turns] = [steps.next(), 0];
  for (; !step.done; step = steps.next()) turns++;
  return { order: [...step.value], turns };
}

test("sorting in steps gives what sorting gives, equal rows in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (rows) => {
      const order = [...rows.keys()].sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
      expect(sorted(rows).order).toEqual(order);
      const backwards = [...rows.keys()].sort((a, b) => (rows[b] ?? 0) - (rows[a] ?? 0));
      expect(sorted(rows, sortBackwards).order).toEqual(backwards);
    }),
    runs(200),
  );
});

test("lets others in however long the list is", () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => (row * 7_919) % 30_011);
  expect(sorted(rows).turns).toBeGreaterThan(50);
});
