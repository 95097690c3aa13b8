import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { gather } from "../../src/server/gather.js";

/** Gathers into lists of what was worked on in a row. */
function gatherLists(plenty?: number) {
  const lists: (readonly number[])[] = [];
  return { lists, ...gather<number>((items) => lists.push(items), plenty) };
}

const upTo = (length: number) => Array.from({ length }, (_, at) => at);

test("items are worked on together, in their order, and none is lost", async () => {
  const { lists, take, flush } = gatherLists();
  for (const at of upTo(200)) take(at);
  expect(lists).toEqual([]);
  flush();
  take(200);
  while (lists.length < 2) await sleep(5);
  expect(lists).toEqual([upTo(200), [200]]);
});

test("many items do not wait, and nothing is worked on where nothing waits", () => {
  const { lists, take, flush } = gatherLists();
  for (const at of upTo(1_000)) take(at);
  expect(lists.length).toBeGreaterThan(1);
  flush();
  flush();
  expect(lists.flat()).toEqual(upTo(1_000));
  expect(lists.every(({ length }) => length > 0)).toBe(true);
});

test("one at a time where one is plenty", () => {
  const { lists, take } = gatherLists(1);
  for (const at of upTo(3)) take(at);
  expect(lists).toEqual([[0], [1], [2]]);
});
