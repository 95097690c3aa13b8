import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { grantsOf } from "../../src/grants/grants-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { directAccess } from "../../src/questions/who-can/direct-access.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { finish } from "../worlds/finish.js";
import { runs } from "../worlds/runs.js";

/** Everybody is decided as by the judge alone. Returns how many are alike to one before them. */
function sameAsJudged(snapshot: Snapshot, question: AccessQuestion): number {
  const rows = finish(directAccess(snapshot, question, snapshot.principals));
  const seen = new Set<string>();
  for (const { principal, decision } of rows) {
    const grants = grantsOf(snapshot, principal);
    const { ruling, judged } = decideAccess(snapshot, principal, question, () => grants);
    expect([principal.arn, decision.verdict]).toEqual([principal.arn, ruling.verdict]);
    expect(decision.ruling.verdict).toBe(ruling.verdict);
    if (judged.judgement.unreadableValues.length > 0) return 0;
    seen.add(JSON.stringify([principal.accountId, grants.map(({ policy }) => policy).sort()]));
  }
  return rows.length - seen.size;
}

const anyOf = (...names: readonly string[]) => ({ anyOf: names });
const allOf = (...names: readonly string[]) => ({ allOf: names });

test("alike-is-judged: principals whom the same statements reach have one verdict, the judge's", () => {
  let alike = 0;
  fc.assert(
    fc.property(randomWorld, randomResource, randomContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const action of ["ecs:Stop", "oss:Get", anyOf("ecs:Stop", "ram:Get"), allOf("ecs:Start", "oss:Get")]) {
        alike += sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
      }
    }),
    runs(60),
  );
  expect(alike).toBeGreaterThan(20);
});

test("alike-is-judged where trust, control policies, buckets, resource groups and several accounts count", () => {
  fc.assert(
    fc.property(layeredWorld, fc.constantFrom(...LAYERED_ARNS), layeredContext, (world, arn, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      const set = { anyOf: { pattern: "acs:*:*:*:*" } };
      for (const action of [...LAYERED_ACTIONS, anyOf("ecs:Stop", "sts:AssumeRole"), allOf("ecs:Stop", "oss:Get")]) {
        for (const resource of [arn, set]) {
          sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
        }
      }
    }),
    runs(25),
  );
});

test.each<[string, object]>([
  ["a condition tests who asks", { Condition: { StringLike: { "acs:PrincipalArn": "acs:ram::111:user/ada" } } }],
  ["the same, turned around", { Condition: { StringNotEquals: { "ACS:principalarn": "acs:ram::111:user/ada" } } }],
  ["a statement names who it means", { Principal: { RAM: ["acs:ram::111:user/ada"] } }],
])("alike-is-judged where %s", (_, more) => {
  const allow = { Effect: "Allow", Action: "ecs:*", Resource: "*" };
  const policies = { Tells: [{ ...allow, ...more }], Denies: [allow, { ...allow, Effect: "Deny", ...more }] };
  for (const held of [["Tells"], ["Denies"], ["Tells", "Denies"]]) {
    const snapshot = buildWorld({ policies, users: { ada: held, bob: held, cyd: held } }, ACTIONS);
    for (const resource of ["unscoped", { anyOf: { pattern: "*" } }]) {
      expect(sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action: "ecs:Stop", resource, whoCan: {} })))).toBe(
        2,
      );
    }
  }
});
