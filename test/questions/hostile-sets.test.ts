import { expect, test } from "@jest/globals";
import type { Steps } from "../../src/grants/steps.js";
import { type ActionPattern, readActionPattern } from "../../src/policy/action-pattern.js";
import { readResourcePattern } from "../../src/policy/arn.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { representativeActionsInSteps } from "../../src/policy/patterns/action-set.js";
import { representativesInSteps } from "../../src/policy/patterns/resource-set.js";
import { ask } from "../../src/questions/access/quick-verdict.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { canInSteps } from "../../src/questions/can/can.js";
import { administratorDecision } from "../../src/questions/escalation/administrator.js";
import { decideCalls } from "../../src/questions/escalation/decide-calls.js";
import { footholdOf } from "../../src/questions/escalation/foothold.js";
import { PRIMITIVES } from "../../src/questions/escalation/primitives.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf, type World } from "../worlds/build-world.js";
import { allow, deny } from "../worlds/escalation-worlds.js";

const listOf = <Each>(count: number, make: (at: number) => Each) => Array.from({ length: count }, (_, at) => make(at));

/** How often others get in. */
function turnsOf<T>(steps: Steps<T>): { readonly value: T; readonly turns: number } {
  for (let turns = 0; ; turns++) {
    const step = steps.next();
    if (step.done) return { value: step.value, turns };
  }
}

/** What takes the whole budget lets others in a hundred times and more. */
const OFTEN = 50;

const mixed = (at: number) => `*${"abcdefghijklmnopqrstuvwxyz"[at % 26]}*${at}*`;
const resource = (text: string) => readResourcePattern(text).pattern;
const ANY_ACTION: readonly ActionPattern[] = [readActionPattern("*")];

test.each([
  ["that overlap", listOf(30, (at) => [resource(`acs:*:*:*:${mixed(at)}`)])],
  [
    "by the thousand",
    listOf(2, (half) => listOf(2_000, (at) => resource(`acs:ecs:*:*:instance/i-${at + half * 1_000}*`))),
  ],
  [
    "of a thousand wildcards",
    listOf(4, (at) => [
      resource(`acs:ecs:*:*:${"?*".repeat(900)}${at}`),
      resource(`acs:ecs:*:*:${`a*${at}`.repeat(600)}`),
    ]),
  ],
])("resources are told apart in steps by patterns %s", (_, unions) => {
  expect(turnsOf(representativesInSteps(resource("*"), unions, "111")).turns).toBeGreaterThan(OFTEN);
});

test("actions are told apart in steps", () => {
  const lists = listOf(12, (at) => [readActionPattern(`*:${mixed(at)}`)]);
  const dividing = representativeActionsInSteps({ within: ANY_ACTION, except: [] }, { lists, tests: [] });
  expect(turnsOf(dividing).turns).toBeGreaterThan(OFTEN);
});

const world: World = {
  policies: Object.fromEntries(
    listOf(10, (policy) => [
      `p${policy}`,
      listOf(6, (at) => ({
        ...allow("ecs:*", `acs:ecs:*:*:${mixed(policy * 6 + at)}`),
        Condition: { StringEquals: { [`acs:k${at}`]: [`${policy}`] } },
      })),
    ]),
  ),
  users: { alice: listOf(10, (policy) => `p${policy}`) },
};

test("questions about sets that hostile patterns divide are answered in steps, and never with more certainty than there is", () => {
  const snapshot = buildWorld(world, ["ecs:Stop"]);
  const question = valueIn(
    questionOf(snapshot, { action: "ecs:Stop", resource: { allOf: { pattern: "acs:ecs:*:111:*" } }, whoCan: {} }),
  );
  const alice = principalOf(snapshot, "alice");
  const can = turnsOf(canInSteps(ask(buildWorld(world, ["ecs:Stop"]), question), alice, ""));
  expect([valueIn(can.value).verdict, can.turns > OFTEN]).toEqual(["UNDETERMINED", true]);
  const who = turnsOf(whoCan(buildWorld(world, ["ecs:Stop"]), question, { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" }));
  expect([[...valueIn(who.value).rows].map(({ decision }) => decision.verdict), who.turns > OFTEN]).toEqual([
    ["UNDETERMINED"],
    true,
  ]);
  const held = turnsOf(permissions(buildWorld(world, ["ecs:Stop"]), alice, {}));
  expect([valueIn(held.value).rows.map(({ decision }) => decision.verdict), held.turns > OFTEN]).toEqual([
    ["UNDETERMINED"],
    true,
  ]);
});

const whoHolds = (P: readonly object[]) => {
  const snapshot = buildWorld({ policies: { P }, users: { alice: ["P"] } }, []);
  return { snapshot, foothold: footholdOf(snapshot, principalOf(snapshot, "alice")) };
};

test("who is an administrator is told in steps where hostile patterns tell actions apart", () => {
  const denials = listOf(12, (at) => ({
    ...deny(`*:${mixed(at)}`),
    Condition: { StringEquals: { [`acs:k${at}`]: ["x"] } },
  }));
  const { snapshot, foothold } = whoHolds([allow("*"), ...denials]);
  const told = turnsOf(administratorDecision(snapshot, foothold));
  expect([told.value?.verdict, told.turns > OFTEN]).toEqual(["UNDETERMINED", true]);
});

test("names of what somebody makes are chosen in steps where hostile patterns tell them apart", () => {
  const named = listOf(12, (at) => allow("ram:CreatePolicy", `acs:ram:*:*:policy/${mixed(at)}`));
  const { snapshot, foothold } = whoHolds([allow("ram:AttachPolicyToUser"), ...named]);
  const deciding = { snapshot, context: OPEN_CONTEXT, trustOf: () => undefined };
  const nothing = { key: "", name: "", arn: "" };
  const decided = turnsOf(decideCalls(deciding, PRIMITIVES.ATTACH_NEW_POLICY_TO_USER, foothold, nothing));
  expect([decided.value?.map(({ verdict }) => verdict), decided.turns > OFTEN]).toEqual([["ALLOWED", "ALLOWED"], true]);
});
