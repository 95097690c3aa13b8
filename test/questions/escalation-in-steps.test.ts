import { describe, expect, test } from "@jest/globals";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { findEscalations } from "../../src/questions/escalation/escalations.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import { ADMIN, allow, crowd } from "../worlds/escalation-worlds.js";

/** The answer, and in how many slices it was found: others get in between. */
function inSlices<Answer>(search: Generator<undefined, Answer, undefined>): readonly [Answer, number] {
  for (let slices = 1; ; slices += 1) {
    const { done, value } = search.next();
    if (done === true) return [value, slices];
  }
}

describe("looking for everybody who can become an administrator", () => {
  test("goes on for all where somebody was stopped", () => {
    const world = crowd(50, [allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")], {
      policies: { Admin: ADMIN },
      users: { boss: ["Admin"] },
    });
    const search = (snapshot: Snapshot) => findEscalations(snapshot, OPEN_CONTEXT, undefined);
    const [whole, slices] = inSlices(search(buildWorld(world, [])));
    const snapshot = buildWorld(world, []);
    const stopped = search(snapshot);
    for (let slice = 0; slice < slices - 10; slice++) stopped.next();
    const [answer, left] = inSlices(search(snapshot));
    expect([answer.rows.length, left < 20]).toEqual([whole.rows.length, true]);
  });

  const MANY = 300;
  test.each<[name: string, world: World, rows: number, isTruncated: boolean]>([
    ["who may all act as each other, and lead nowhere", crowd(MANY, [allow("ram:CreateAccessKey")]), 0, false],
    [
      "who are asked by name",
      crowd(100, [allow("ram:CreateAccessKey", "*", { Condition: { StringLike: { "acs:PrincipalARN": "*u1*" } } })]),
      0,
      false,
    ],
    [
      "who get there by one of them",
      crowd(MANY, [allow("ram:CreateAccessKey", "acs:ram:*:111:user/gate")], {
        policies: { Admin: ADMIN, Gate: [allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")] },
        users: { gate: ["Gate"], boss: ["Admin"] },
      }),
      MANY + 1,
      false,
    ],
  ])("keeps nobody waiting for a crowd %s", (_name, world, rows, isTruncated) => {
    const [answer, slices] = inSlices(findEscalations(buildWorld(world, []), OPEN_CONTEXT, undefined));
    expect([answer.rows.length, answer.isTruncated]).toEqual([rows, isTruncated]);
    // A slice is about one principal at most.
    expect(slices).toBeGreaterThan(Object.keys(world.users ?? {}).length);
  });
});
