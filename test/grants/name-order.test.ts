import { describe, expect, test } from "@jest/globals";
import { filterNamed } from "../../src/grants/filter-named.js";
import { nameOrder } from "../../src/grants/name-order.js";
import { finish } from "../../src/grants/steps.js";
import { compareBytes } from "../../src/inventory/byte-order.js";
import { search } from "../../src/questions/search/search.js";
import { buildWorld } from "../worlds/build-world.js";

/** More than one step holds, in letters of both cases, so that the order of names is not that of keys. */
const NAMES = Array.from({ length: 4_500 }, (_, at) => `${at % 3 === 0 ? "U" : "u"}ser-${(at * 7_919) % 4_507}`);
const SORTED = NAMES.toSorted(compareBytes);

const worldOfNames = () => buildWorld({ policies: {}, users: Object.fromEntries(NAMES.map((name) => [name, []])) }, []);
const namesIn = (rows: readonly { readonly row: { readonly name: string } }[]) => rows.map(({ row }) => row.name);

/** Turns that are taken until all are done, one after the other. */
function countSteps(asked: readonly Generator<undefined, unknown, undefined>[]): number {
  let steps = 0;
  for (let left = asked; left.length > 0; left = left.filter((each) => !each.next().done)) steps += left.length;
  return steps;
}

describe("a list by name", () => {
  test("is whole for each of two who ask before either has it", () => {
    const order = nameOrder(worldOfNames());
    const [one, other] = [order.users(), order.users()];
    for (const asked of [one, other, one, other]) asked.next();
    expect(namesIn(finish(one))).toEqual(SORTED);
    expect(namesIn(finish(other))).toEqual(SORTED);
  });

  test("is arranged once for all who ask", () => {
    const alone = countSteps([nameOrder(worldOfNames()).users()]);
    const order = nameOrder(worldOfNames());
    expect(countSteps([order.users(), order.users(), order.users()])).toBeLessThan(alone + 3);
  });

  test("is whole after somebody who asked for it was stopped midway", () => {
    const order = nameOrder(worldOfNames());
    const stopped = order.users();
    for (let step = 0; step < 2; step++) stopped.next();
    stopped.return([]);
    expect(namesIn(finish(order.users()))).toEqual(SORTED);
    expect(finish(order.users())).toBe(finish(order.users()));
  });

  test("is filtered and searched to its end, and lets others in meanwhile", () => {
    const snapshot = worldOfNames();
    const wanted = SORTED.filter((name) => name.includes("9"));
    const filtering = filterNamed(finish(nameOrder(snapshot).users()), { nameContains: "9" });
    expect(filtering.next().done).toBe(false);
    expect(namesIn(finish(filtering))).toEqual(wanted);
    const hits = finish(search(snapshot, "9", ["USER"]));
    expect(hits).toHaveLength(wanted.length);
    const whole = hits.slice(0, wanted.length).map(({ row }) => row);
    for (let at = 0; at < whole.length; at += 97)
      expect(hits.slice(at, at + 3).map(({ row }) => row)).toEqual(whole.slice(at, at + 3));
    expect(new Set(whole).size).toBe(wanted.length);
  });
});
