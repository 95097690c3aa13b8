import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { plainQuestion } from "../../src/questions/access/plain-question.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import type { WhoCanScope } from "../../src/questions/who-can/principal-access.js";
import { verdictsApart } from "../../src/questions/who-can/verdicts-apart.js";
import { decideEach, type WhoCanAnswer, whoCan } from "../../src/questions/who-can/who-can.js";
import { ACTIONS, ARNS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { resourcesOf } from "../worlds/world-resources.js";
import { ALL_VERDICTS } from "./agreement.js";

const named = (isDescending: boolean) => ({ field: "NAME" as const, isDescending });

const scopes: readonly WhoCanScope[] = [
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" },
  { verdicts: new Set(["CONDITIONAL", "UNDETERMINED"]), reach: "DIRECT", types: new Set(["SERVICE_LINKED_ROLE"]) },
  { verdicts: new Set(["ALLOWED"]), reach: "DIRECT", accountIds: new Set(["111", "catalog"]) },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", types: new Set(["USER", "ROLE"]) },
  { verdicts: new Set(["EXPLICIT_DENY", "ALLOWED"]), reach: "DIRECT", types: new Set(["USER"]), order: named(false) },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", order: named(true) },
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT", order: { field: "VERDICT", isDescending: true } },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", order: { field: "VERDICT", isDescending: false } },
];

/** Rows are read after other answers were found, as those of several fields of an operation are. */
function sameAsDecided(snapshot: Snapshot, question: AccessQuestion): void {
  const answers = scopes.map((scope) => [scope, finish(whoCan(snapshot, question, scope))] as const);
  for (const [scope, fast] of answers) {
    const plain = finish(decideEach(snapshot, question, scope));
    if ("refusal" in plain || "refusal" in fast) expect(fast).toEqual(plain);
    else expect(shown(fast.value)).toEqual(shown(plain.value));
  }
}

const shown = ({ rows, coverage }: WhoCanAnswer) => ({
  rows: [...rows].map(({ decision }) => [decision.asker?.principal?.arn, decision.verdict, decision.ruling]),
  coverage,
});

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

/** Some of some texts, joined by and or by or. */
const several = (actions: readonly string[]) =>
  fc
    .tuple(fc.subarray([...actions], { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([names, isAll]) => (isAll ? { allOf: names } : { anyOf: names }));

const joins = (snapshot: Snapshot, question: AccessQuestion): boolean =>
  finish(verdictsApart(snapshot, question, { verdicts: NOT_A_PLAIN_NO }, () => true)) !== undefined;

test("joining-changes-nothing: whoCan of several things joined of answers to each is whoCan with everybody decided", () => {
  let joined = 0;
  const arns = fc.subarray([...ARNS], { minLength: 1, maxLength: 3 });
  const question = fc.tuple(several(ACTIONS), arns, randomContext);
  fc.assert(
    fc.property(randomWorld, fc.array(question, { minLength: 3, maxLength: 3 }), (world, questions) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const [action, resources, context] of questions) {
        const asked = valueIn(questionOf(snapshot, { action, resource: { arns: resources }, ...context, whoCan: {} }));
        if (joins(snapshot, asked)) joined += 1;
        sameAsDecided(snapshot, asked);
      }
    }),
    runs(40),
  );
  expect(joined).toBeGreaterThan(40);
});

test("joining-changes-nothing where control policies, resource groups and several accounts count", () => {
  let joined = 0;
  const arns = fc.subarray([...LAYERED_ARNS], { minLength: 1, maxLength: 3 });
  const question = fc.tuple(
    several([...LAYERED_ACTIONS.filter((name) => name !== "sts:AssumeRole"), "ecs:Start"]),
    arns,
    layeredContext,
  );
  fc.assert(
    fc.property(layeredWorld, fc.array(question, { minLength: 4, maxLength: 4 }), (world, questions) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const [action, resources, context] of questions) {
        const asked = valueIn(questionOf(snapshot, { action, resource: { arns: resources }, ...context, whoCan: {} }));
        if (joins(snapshot, asked)) joined += 1;
        sameAsDecided(snapshot, asked);
      }
    }),
    runs(60),
  );
  expect(joined).toBeGreaterThan(10);
});

test.each([
  ["all of what is always allowed and what hangs on much", { allOf: ["ecs:Always", "ecs:Perhaps"] }, "CONDITIONAL"],
  ["all of what is never allowed and what hangs on much", { allOf: ["ecs:Never", "ecs:Perhaps"] }, "IMPLICIT_DENY"],
  ["one of what is always allowed and what hangs on much", { anyOf: ["ecs:Always", "ecs:Perhaps"] }, "ALLOWED"],
  ["one of what is never allowed and what hangs on much", { anyOf: ["ecs:Never", "ecs:Perhaps"] }, "CONDITIONAL"],
])("what is settled does not make the rest too much to be solved: %s", (_, action, verdict) => {
  const say = (Effect: string, name: string, operator: string, key: string) => [
    { Effect, Action: `ecs:${name}`, Resource: "*", Condition: { [operator]: { [key]: ["a"] } } },
  ];
  const keys = Array.from({ length: 16 }, (_each, at) => `acs:key${at}`);
  const P = [
    ...say("Allow", "Always", "StringEquals", "acs:other"),
    ...say("Allow", "Always", "StringNotEquals", "acs:other"),
    ...say("Allow", "Never", "StringEquals", "acs:other"),
    ...say("Deny", "Never", "StringEquals", "acs:other"),
    ...keys.flatMap((key) => say("Allow", "Perhaps", "StringEquals", key)),
  ];
  const actions = ["ecs:Always", "ecs:Never", "ecs:Perhaps"];
  const snapshot = buildWorld({ policies: { P }, users: { ada: ["P"] } }, actions);
  const question = valueIn(questionOf(snapshot, { action, resource: "acs:ecs:cn:111:disk/d", whoCan: {} }));
  sameAsDecided(snapshot, question);
  const { rows } = valueIn(finish(decideEach(snapshot, question, { verdicts: ALL_VERDICTS, reach: "DIRECT" })));
  expect([...rows].map(({ decision }) => decision.verdict)).toEqual([verdict]);
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
