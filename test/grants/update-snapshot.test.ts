import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import { LAYERED_ACTIONS } from "../properties/layered-world.js";
import { answersOf } from "../worlds/answers.js";
import { runs } from "../worlds/runs.js";
import { randomHistory } from "./random-change.js";

const RESOURCES = ["acs:ecs:r1:111:instance/i-1", "acs:oss:r1:222:c/k", { anyOf: { pattern: "*" } }];

describe("an updated snapshot", () => {
  test("answers as one that is compiled from the changed inventory, after any history", () => {
    fc.assert(
      fc.property(randomHistory, ({ inventories, changes }) => {
        const updated = changes.reduce(updateSnapshot, compileSnapshot(inventories[0]));
        const rebuilt = compileSnapshot(inventories.at(-1) ?? inventories[0]);
        expect(answersOf(updated, LAYERED_ACTIONS, RESOURCES)).toEqual(answersOf(rebuilt, LAYERED_ACTIONS, RESOURCES));
      }),
      runs(20),
    );
  });

  test("leaves the one that it was made from as it was", () => {
    fc.assert(
      fc.property(randomHistory, ({ inventories, changes }) => {
        const first = compileSnapshot(inventories[0]);
        const before = answersOf(first, LAYERED_ACTIONS, RESOURCES);
        answersOf(changes.reduce(updateSnapshot, first), LAYERED_ACTIONS, RESOURCES);
        expect(answersOf(first, LAYERED_ACTIONS, RESOURCES)).toEqual(before);
      }),
      runs(5),
    );
  });
});
