import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { partsOf } from "../../src/grants/parts-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import type { Attachment } from "../../src/inventory/attachment.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { randomHistory } from "./random-change.js";

type Lists = ReadonlyMap<string, readonly Attachment[]>;

const listsOf = ({ attachmentsOfPolicy, attachmentsOfPrincipal }: Snapshot): readonly Lists[] => [
  attachmentsOfPolicy,
  attachmentsOfPrincipal,
];

test("a part of a list has the rows that the whole list has there, after any history", () => {
  fc.assert(
    fc.property(randomHistory, fc.nat({ max: 4 }), fc.nat({ max: 6 }), ({ inventories, changes }, start, end) => {
      const rebuilt = listsOf(compileSnapshot(inventories.at(-1) ?? inventories[0]));
      const updated = listsOf(changes.reduce(updateSnapshot, compileSnapshot(inventories[0])));
      for (const lists of [...updated, ...rebuilt]) {
        for (const key of [...updated, ...rebuilt].flatMap((each) => [...each.keys()])) {
          const [whole, parts] = [lists.get(key) ?? [], partsOf(lists, key)];
          expect(parts.length).toBe(whole.length);
          expect(parts.slice(start, end)).toEqual(whole.slice(start, end));
        }
      }
      expect(updated.map((lists) => new Map(lists))).toEqual(rebuilt.map((lists) => new Map(lists)));
    }),
    runs(20),
  );
});

test("beyond the end of a list there is nothing, and of who has none nothing is known", () => {
  const { attachmentsOfPolicy } = buildWorld(
    { policies: { P0: [{ Effect: "Allow", Action: "*", Resource: "*" }] }, users: { ada: ["P0"], bob: ["P0"] } },
    [],
  );
  const [key = ""] = attachmentsOfPolicy.keys();
  const parts = partsOf(attachmentsOfPolicy, key);
  expect(parts.slice(1, 9).map(({ principal }) => principal)).toEqual(["user:111:bob"]);
  expect(parts.slice(2, 9)).toEqual([]);
  expect(parts.slice(5, 9)).toEqual([]);
  expect(partsOf(attachmentsOfPolicy, "nobody").length).toBe(0);
});
