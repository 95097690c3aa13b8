import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import { plainQuestion } from "../../src/questions/access/plain-question.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { resourcesOf } from "../worlds/world-resources.js";
import { sameAsDecided } from "./same-as-decided.js";

const asked = fc.tuple(randomResource, randomContext);

test("skimming-changes-nothing: whoCan by policies is whoCan with everybody decided", () => {
  let skimmed = 0;
  fc.assert(
    // What one question leaves behind for others about the action must hold for these, whatever they are.
    fc.property(randomWorld, fc.array(asked, { minLength: 2, maxLength: 2 }), (world, others) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const action of ACTIONS) {
        for (const [resource, context] of others) {
          const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
          if (plainQuestion(snapshot, question) !== undefined) skimmed += 1;
          sameAsDecided(snapshot, question);
        }
      }
    }),
    runs(30),
  );
  expect(skimmed).toBeGreaterThan(40);
});

test("skimming-changes-nothing where control policies, resource groups and several accounts count", () => {
  let skimmed = 0;
  fc.assert(
    fc.property(layeredWorld, layeredContext, (world, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of LAYERED_ACTIONS) {
        for (const resource of LAYERED_ARNS) {
          const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
          if (plainQuestion(snapshot, question) !== undefined) skimmed += 1;
          sameAsDecided(snapshot, question);
        }
      }
    }),
    runs(12),
  );
  expect(skimmed).toBeGreaterThan(40);
});

test("skimming-changes-nothing after an attachment was supposed gone", () => {
  fc.assert(
    fc.property(randomWorld, fc.nat(), randomContext, (world, pick, context) => {
      const before = buildWorld(world, ACTIONS);
      const attachments = [...before.attachmentsOfPolicy.values()].flat();
      const gone = attachments[pick % Math.max(1, attachments.length)];
      const question = valueIn(
        questionOf(before, { action: "ecs:Stop", resource: "unscoped", ...context, whoCan: {} }),
      );
      sameAsDecided(before, question);
      sameAsDecided(gone === undefined ? before : updateSnapshot(before, { attachments: { gone: [gone] } }), question);
    }),
    runs(40),
  );
});

test.each([
  ["ecs:Stop", "ecs:Stop", "ecs:Stop"],
  ["ecs:*", "ecs:*", "ecs:*"],
  ["ecs:*", "ecs:Stop", "ecs:Stop"],
  ["ecs:*", "ecs:*", "ecs:St*"],
])(
  "skimming-changes-nothing where answers hang on more open tests than are solved exactly: of %s, %s and %s",
  (many, some, few) => {
    const under = (Effect: string, key: string, Action: string, Resource: string) => ({
      Effect,
      Action,
      Resource,
      Condition: { StringEquals: { [key]: ["a"] } },
    });
    const keys = Array.from({ length: 10 }, (_, at) => `acs:key${at}`);
    const P = [
      ...keys.map((key) => under("Allow", key, many, "*")),
      ...keys.slice(0, 5).map((key) => under("Deny", `${key}x`, some, "acs:ecs:*:*:instance/*")),
      ...keys.slice(0, 8).map((key) => under("Allow", `${key}y`, few, "*")),
    ];
    const actions = ["ecs:Run", "ecs:Start", "ecs:Stop"];
    const snapshot = buildWorld({ policies: { P, Q: P.slice(1) }, users: { ada: ["P"], bob: ["Q"] } }, actions);
    const [disk, instance] = ["acs:ecs:cn:111:disk/d", "acs:ecs:cn:111:instance/i"];
    for (const action of [...actions, { anyOf: actions }, { allOf: actions }]) {
      for (const resource of [disk, instance, { arns: [disk, instance] }])
        sameAsDecided(snapshot, valueIn(questionOf(snapshot, { action, resource, whoCan: {} })));
    }
  },
);

test("skimming-changes-nothing where more is known of an action, or of a later state, than of those for which a service was summed up", () => {
  const under = (Effect: string, key: string, value: string) => [
    { Effect, Action: "ram:*", Resource: "*", Condition: { StringEquals: { [key]: [value] } } },
  ];
  const linked = "acs:ram:*:111:role/aliyunserviceroleforecs";
  const policies = {
    Any: [{ Effect: "Allow", NotAction: "oss:Get", Resource: "*" }],
    OfEcs: under("Allow", "ram:ServiceName", "ecs.aliyuncs.com"),
    NotOfEcs: under("Deny", "ram:ServiceName", "ecs.aliyuncs.com"),
    OfTeam: under("Allow", "acs:ResourceTag/team", "a"),
    NotOfTeam: under("Deny", "acs:ResourceTag/team", "a"),
  };
  const users = { ada: ["OfEcs"], bob: ["Any", "NotOfEcs"], eve: ["OfTeam"], joe: ["Any", "NotOfTeam"] };
  const roles = { AliyunServiceRoleForEcs: [] };
  const serviceNames = { AliyunServiceRoleForEcs: "ecs.aliyuncs.com" };
  const actions = ["ram:ListRoles", "ram:GetRole", "ram:UpdateRole", "ram:DeleteServiceLinkedRole", "ram:TagRole"];
  const before = buildWorld({ policies, users, roles, serviceNames }, actions);
  const after = updateSnapshot(before, { resources: resourcesOf({ tags: { [linked]: { team: "a" } } }) });
  for (const snapshot of [before, after]) {
    for (const action of actions)
      sameAsDecided(snapshot, valueIn(questionOf(snapshot, { action, resource: linked, whoCan: {} })));
  }
});
