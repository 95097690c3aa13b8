import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { actionKey } from "../../src/inventory/keys.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { type PermissionsQuestion, permissions } from "../../src/questions/permissions/permissions.js";
import { randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

/** Many that statements do not tell apart, and those of which more counts than statements. */
const ACTIONS = (
  "ecs:Stop ecs:Start ecs:Step ecs:Describe ecs:Delete vpc:Make vpc:Get oss:Get oss:Put " +
  "ram:Get ram:Set ram:DeleteServiceLinkedRole sts:AssumeRole sts:Get"
).split(" ");
const VERDICTS = new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED", "IMPLICIT_DENY", "EXPLICIT_DENY"] as const);

/** What a list says of each of its actions, with what names its verdict. */
function listed(snapshot: Snapshot, principal: CompiledPrincipal, question: PermissionsQuestion) {
  const answer = finish(permissions(snapshot, principal, { ...question, verdicts: VERDICTS }));
  if ("refusal" in answer) return answer.refusal.message;
  return answer.value.rows.map(({ action, resourcePatterns, decision }) => [
    action.name,
    decision.verdict,
    resourcePatterns,
    decision.unreadableValues,
    decision.ruling,
  ]);
}

/** Each action asked alone, which is like no other, says what it says among all. Returns how many there were. */
function sameAsAlone(snapshot: Snapshot, question: PermissionsQuestion): number {
  for (const principal of snapshot.principals) {
    const together = listed(snapshot, principal, question);
    const alone = ACTIONS.map((name) => {
      const parts = [{ name, key: actionKey(name) }];
      return listed(snapshot, principal, { ...question, actions: { mode: "ALL", parts, text: name } });
    });
    const refused = alone.find((rows) => typeof rows === "string");
    expect([principal.arn, together]).toEqual([principal.arn, refused ?? alone.flat()]);
    if (typeof together === "string") return 0;
    for (const [, verdict, , , ruling] of together) expect(ruling).toMatchObject({ verdict });
  }
  return snapshot.principals.length;
}

/** On that resource, and on some resource at all. */
const questionsOf = ({ resource, context }: AccessQuestion): readonly PermissionsQuestion[] => [
  { resource, context },
  { context },
];

test("listed-is-alone: actions that nothing tells apart are decided as each by itself", () => {
  let count = 0;
  fc.assert(
    fc.property(randomWorld, randomResource, randomContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      const taken = questionOf(snapshot, { action: "ecs:Stop", resource, ...context, whoCan: {} });
      for (const question of questionsOf(valueIn(taken))) count += sameAsAlone(snapshot, question);
    }),
    runs(25),
  );
  expect(count).toBeGreaterThan(40);
});

test("listed-is-alone where trust, control policies, buckets, resource groups and several accounts count", () => {
  let count = 0;
  fc.assert(
    fc.property(layeredWorld, fc.constantFrom(...LAYERED_ARNS), layeredContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      const taken = questionOf(snapshot, { action: "ecs:Stop", resource, ...context, whoCan: {} });
      for (const question of questionsOf(valueIn(taken))) count += sameAsAlone(snapshot, question);
    }),
    runs(15),
  );
  expect(count).toBeGreaterThan(40);
});

test.each<[string, string, object]>([
  ["its name", "Action", { StringEquals: { Action: "ecs:Stop" } }],
  ["its name, in any case", "ACTION", { StringNotLike: { ACTION: "*:S*" } }],
  ["the service of a role", "ram:ServiceName", { StringEquals: { "ram:ServiceName": "x.aliyuncs.com" } }],
])("listed-is-alone where a condition tests %s", (_, key, Condition) => {
  expect(JSON.stringify(Condition)).toContain(key);
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const snapshot = buildWorld(
    {
      policies: {
        Tests: [{ ...statement, Condition }],
        Denies: [statement, { ...statement, Effect: "Deny", Condition }],
      },
      users: { ada: ["Tests"], bob: ["Denies"], cyd: ["Tests", "Denies"] },
      roles: { AliyunServiceRoleForX: [] },
      serviceNames: { AliyunServiceRoleForX: "x.aliyuncs.com" },
    },
    ACTIONS,
  );
  const resource = "acs:ram:*:111:role/AliyunServiceRoleForX";
  for (const closed of [true, false]) {
    const taken = questionOf(snapshot, { action: "ecs:Stop", resource, closed, whoCan: {} });
    for (const question of questionsOf(valueIn(taken))) expect(sameAsAlone(snapshot, question)).toBe(4);
  }
});
