import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { verdictsApart } from "../../src/questions/who-can/verdicts-apart.js";
import { decideEach } from "../../src/questions/who-can/who-can.js";
import { ACTIONS, ARNS, randomContext, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";
import { sameAsDecided } from "./same-as-decided.js";

/** Some of some texts, joined by and or by or. */
const several = (actions: readonly string[]) =>
  fc
    .tuple(fc.subarray([...actions], { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([names, isAll]) => (isAll ? { allOf: names } : { anyOf: names }));

const some = (arns: readonly string[]) => fc.subarray([...arns], { minLength: 1, maxLength: 3 });

const joins = (snapshot: Snapshot, question: AccessQuestion): boolean =>
  finish(verdictsApart(snapshot, question, { verdicts: NOT_A_PLAIN_NO }, () => true)) !== undefined;

type Several = Parameters<typeof questionOf>[1];

/** Expects whoCan of several things to be whoCan with everybody decided. @returns how many were joined of answers to each */
function joinedAmong(snapshot: Snapshot, questions: readonly Several[]): number {
  const asked = questions.map((question) => valueIn(questionOf(snapshot, question)));
  for (const question of asked) sameAsDecided(snapshot, question);
  return asked.filter((question) => joins(snapshot, question)).length;
}

test("joining-changes-nothing: whoCan of several things joined of answers to each is whoCan with everybody decided", () => {
  let joined = 0;
  const question = fc
    .tuple(several(ACTIONS), some(ARNS), randomContext)
    .map(([action, arns, context]): Several => ({ action, resource: { arns }, ...context, whoCan: {} }));
  fc.assert(
    fc.property(randomWorld, fc.array(question, { minLength: 3, maxLength: 3 }), (world, questions) => {
      joined += joinedAmong(buildWorld(world, ACTIONS), questions);
    }),
    runs(40),
  );
  expect(joined).toBeGreaterThan(40);
});

test("joining-changes-nothing where control policies, resource groups and several accounts count", () => {
  let joined = 0;
  const actions = [...LAYERED_ACTIONS.filter((name) => name !== "sts:AssumeRole"), "ecs:Start"];
  const question = fc
    .tuple(several(actions), some(LAYERED_ARNS), layeredContext)
    .map(([action, arns, context]): Several => ({ action, resource: { arns }, ...context, whoCan: {} }));
  fc.assert(
    fc.property(layeredWorld, fc.array(question, { minLength: 4, maxLength: 4 }), (world, questions) => {
      joined += joinedAmong(buildWorld(world, LAYERED_ACTIONS), questions);
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
