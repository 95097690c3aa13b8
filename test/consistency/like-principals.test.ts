import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { hasBit } from "../../src/grants/bits.js";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import { grantsOf } from "../../src/grants/grants-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { directVerdicts } from "../../src/questions/who-can/direct-access.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";

/** Everybody is decided as by the judge alone. Returns how many are alike to one before them. */
function sameAsJudged(snapshot: Snapshot, question: AccessQuestion): number {
  const { principals } = snapshot;
  const judged = principals.map((principal) =>
    decideAccess(snapshot, principal, question, () => grantsOf(snapshot, principal)),
  );
  const isUnreadable = judged.some(({ judged: { judgement } }) => judgement.unreadableValues.length > 0);
  const found = finish(directVerdicts(snapshot, question, principals, ALL_VERDICTS));
  expect("refusal" in found).toBe(isUnreadable);
  if ("refusal" in found) return 0;
  for (const [place, { ruling }] of judged.entries()) {
    const verdicts = [...ALL_VERDICTS].filter((verdict) => hasBit(found.value[verdict].bits, place));
    expect([principals[place]?.arn, ...verdicts]).toEqual([principals[place]?.arn, ruling.verdict]);
  }
  const policiesOf = (principal: CompiledPrincipal) =>
    grantsOf(snapshot, principal)
      .map(({ policy }) => policy)
      .sort();
  const seen = new Set(principals.map((each) => JSON.stringify([each.accountId, policiesOf(each)])));
  return principals.length - seen.size;
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
      const several = { arns: [arn, "acs:ecs:*:*:instance/i-1", "acs:ram:*:111:role/ops"] };
      const sets = [
        { anyOf: { pattern: "acs:*:*:*:*" } },
        { anyOf: { pattern: "acs:ecs:*:111:instance/i-2*" } },
        { allOf: { pattern: "acs:*:*:222:*" } },
      ];
      for (const action of [...LAYERED_ACTIONS, anyOf("ecs:Stop", "sts:AssumeRole"), allOf("ecs:Stop", "oss:Get")]) {
        for (const resource of [arn, several, ...sets]) {
          sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
        }
      }
    }),
    runs(18),
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

const trusting = (RAM: readonly string[], more = {}) => {
  const allow = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM } };
  return { ...allow, ...more };
};

test.each<[string, readonly object[]]>([
  ["all of an account", [trusting(["acs:ram::111:root"])]],
  ["one user", [trusting(["acs:ram::111:user/ada"])]],
  ["all but one user", [trusting(["acs:ram::111:root"]), trusting(["acs:ram::111:user/ada"], { Effect: "Deny" })]],
  ["one by id", [trusting(["id-of-ada"])]],
  [
    "who passes a test of who asks",
    [
      trusting(["acs:ram::111:root"], {
        Condition: { StringEquals: { "acs:PrincipalArn": "acs:ram::111:user/ada" } },
      }),
    ],
  ],
])("alike-is-judged where a role trusts %s", (_, trust) => {
  const policies = { May: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }] };
  const users = { ada: ["May"], bob: ["May"], cyd: ["May"] };
  const world = { policies, users, roles: { ops: [] }, trusts: { ops: trust }, ids: { ada: "id-of-ada" } };
  const snapshot = buildWorld(world, ["sts:AssumeRole"]);
  for (const resource of [
    "acs:ram:*:111:role/ops",
    "acs:ram:*:*:role/ops",
    { anyOf: { pattern: "acs:ram:*:111:role/*" } },
  ]) {
    const question = valueIn(questionOf(snapshot, { action: "sts:AssumeRole", resource, whoCan: {} }));
    expect(sameAsJudged(snapshot, question)).toBe(2);
  }
});

test("alike-is-judged where policies cover some of several resources", () => {
  const over = (...Resource: readonly string[]) => [{ Effect: "Allow", Action: "ecs:*", Resource }];
  const [one, other] = ["acs:ecs:r1:111:instance/i-1", "acs:ecs:r1:111:instance/i-2"];
  const policies = {
    One: over(one),
    Other: over(other),
    Both: over("acs:ecs:*:*:instance/*"),
    None: over("acs:ecs:*:*:disk/*"),
  };
  const users = {
    ada: ["One"],
    bob: ["Other"],
    cyd: ["Both"],
    dan: ["One", "Other"],
    eve: ["None"],
    fay: ["Both", "None"],
  };
  const snapshot = buildWorld({ policies, users }, ACTIONS);
  for (const arns of [[one], [one, other]]) {
    sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action: "ecs:Stop", resource: { arns }, whoCan: {} })));
  }
});
