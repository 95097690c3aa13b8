import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { can } from "../../src/questions/can/can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { type CedarWorld, cedarOf, type PlainStatement } from "./cedar.js";
import { ACTIONS, randomWorld } from "./random-world.js";

const ARNS = [
  "acs:oss:r1:111:a",
  "acs:oss:r1:111:a/b",
  "acs:oss::*:b",
  "acs:ecs:r1:111:a/a",
  "acs:ecs:r2:222:b",
  "acs:ram::111:A/B",
  "acs:ram:*:*:ab",
  "acs:ram::222:a/b",
  "acs:vpc:r1:111:zab",
];

/** Cedar knows neither RAM's conditions nor `?`; an unknown document has no counterpart. */
function withoutConditions({ policies, users = {}, roles = {}, groups = {} }: World): CedarWorld {
  const plain = Object.entries(policies).map(([name, content]) => [name, JSON.stringify(content ?? [])] as const);
  const read = plain.map(([name, text]) => {
    const bare = JSON.parse(text, (key, value: unknown) =>
      key === "Condition" ? undefined : value,
    ) as PlainStatement[];
    return [name, bare.filter((statement) => !JSON.stringify(statement).includes("?"))] as const;
  });
  return { policies: Object.fromEntries(read), users, roles, groups };
}

test("Cedar decides worlds without conditions alike", () => {
  let decisions = 0;
  fc.assert(
    fc.property(randomWorld.map(withoutConditions), (world) => {
      const snapshot = buildWorld(world, ACTIONS);
      const ask = cedarOf(world);
      for (const arn of ARNS) {
        for (const action of ACTIONS) {
          const question = valueIn(questionOf(snapshot, { action, resource: arn, whoCan: {} }));
          for (const principal of snapshot.principals) {
            const { verdict } = valueIn(can(snapshot, principal, question, ""));
            const asked = { principal: nameOf(principal), action, arn };
            expect({ ...asked, verdict }).toEqual({ ...asked, verdict: ask(asked) });
            decisions++;
          }
        }
      }
    }),
    runs(80),
  );
  expect(decisions).toBeGreaterThanOrEqual(5000);
});
