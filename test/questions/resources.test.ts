import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { Verdict } from "../../src/policy/decide.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { can } from "../../src/questions/can/can.js";
import { type ResourcesQuestion, reachableResources } from "../../src/questions/resources/reachable-resources.js";
import { ALL_VERDICTS } from "../consistency/agreement.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf, type World } from "../worlds/build-world.js";

const WORLD: World = {
  policies: {
    P: [
      {
        Effect: "Allow",
        Action: "ecs:*",
        Resource: "acs:ecs:*:*:instance/*",
        Condition: { StringEquals: { "acs:ResourceTag/team": "a" } },
      },
      { Effect: "Deny", Action: "ecs:Stop", Resource: "acs:ecs:*:*:instance/i-2" },
      { Effect: "Allow", Action: ["ram:PassRole", "oss:Get"], Resource: ["acs:ram:*:*:role/*", "acs:oss:*:111:mine"] },
    ],
    G: [{ Effect: "Allow", Action: "ecs:Stop", Resource: "*" }],
  },
  users: { alice: ["P", { policy: "G", resourceGroup: "rg-1" }] },
  roles: { ops: [], "222/far": [] },
  resourceGroups: { "rg-1": ["ecs:instance/i-3@r1", "ecs:keypair/k-1"], "rg-2": ["ecs:instance/i-4@r1"] },
  tags: {
    "acs:ecs:r1:111:instance/i-1": { team: "a" },
    "acs:ecs:r1:111:instance/i-2": { team: "a" },
    "acs:ecs:*:111:instance/i-3": { team: "b" },
  },
  buckets: {
    mine: [{ Effect: "Deny", Principal: ["*"], Action: "oss:Put", Resource: "acs:oss:*:111:mine" }],
    "222/theirs": [{ Effect: "Allow", Principal: ["2001"], Action: "oss:Get", Resource: ["acs:oss:*:222:theirs"] }],
  },
  ids: { alice: "2001" },
  operations: [{ name: "ecs:Stop", action: "ecs:Stop", resource: "acs:ecs:{#r}:{#a}:Instance/{#id}" }],
};
const ACTIONS = ["ecs:Stop", "ecs:Look", "ram:PassRole", "oss:Get", "sts:AssumeRole"];
const snapshot = buildWorld(WORLD, ACTIONS);

function rowsOf(action: string, question: Partial<ResourcesQuestion> = {}): Readonly<Record<string, Verdict>> {
  const { actions } = valueIn(questionOf(snapshot, { action, resource: "unscoped", whoCan: {} }));
  const search = reachableResources(snapshot, principalOf(snapshot, "alice"), {
    actions,
    context: OPEN_CONTEXT,
    verdicts: NOT_A_PLAIN_NO,
    ...question,
  });
  const { rows, coverage } = valueIn(finish(search));
  expect(coverage.gaps[0]?.reason).toBe("RESOURCES_NOT_IMPORTED");
  return Object.fromEntries(rows.map(({ resource, decision }) => [resource.text, decision.verdict]));
}

describe("on which known resources", () => {
  test.each<[string, string, Partial<ResourcesQuestion>, Readonly<Record<string, Verdict>>]>([
    [
      "tags and groups count, only the types that the action takes are listed, whatever their letter case",
      "ecs:Stop",
      { context: { ...OPEN_CONTEXT, mode: "CLOSED" as const } },
      { "acs:ecs:r1:111:instance/i-1": "ALLOWED", "acs:ecs:r1:111:instance/i-3": "ALLOWED" },
    ],
    [
      "denials are listed when they are asked for",
      "ecs:Stop",
      { verdicts: new Set(["EXPLICIT_DENY"]) },
      { "acs:ecs:r1:111:instance/i-2": "EXPLICIT_DENY" },
    ],
    [
      "an action of which the catalog says nothing is asked of its own service",
      "ecs:Look",
      { verdicts: ALL_VERDICTS, arnContains: "KEYPAIR" },
      { "acs:ecs:*:111:keypair/k-1": "IMPLICIT_DENY" },
    ],
    ["roles are resources too", "ram:PassRole", {}, { "acs:ram::111:role/ops": "ALLOWED" }],
    [
      "a bucket of another account may grant by itself",
      "oss:Get",
      {},
      { "acs:oss:*:111:mine": "ALLOWED", "acs:oss:*:222:theirs": "ALLOWED" },
    ],
    ["accounts narrow", "oss:Get", { accountIds: new Set(["222"]) }, { "acs:oss:*:222:theirs": "ALLOWED" }],
    ["nothing is known of assuming roles that trust nobody", "sts:AssumeRole", {}, {}],
  ])("%s", (_law, action, question, expected) => {
    expect(rowsOf(action, question)).toEqual(expected);
  });

  test.each(ACTIONS)("every row of %s is what `can` says", (action) => {
    for (const [resource, verdict] of Object.entries(rowsOf(action, { verdicts: ALL_VERDICTS }))) {
      const question = valueIn(questionOf(snapshot, { action, resource, whoCan: {} }));
      const decision = valueIn(can(snapshot, principalOf(snapshot, "alice"), question, ""));
      expect({ resource, verdict }).toEqual({ resource, verdict: decision.verdict });
    }
  });

  test("asking for fewer verdicts leaves none of them out", () => {
    for (const action of ACTIONS) {
      const all = Object.entries(rowsOf(action, { verdicts: ALL_VERDICTS }));
      const wanted = all.filter(([, verdict]) => NOT_A_PLAIN_NO.has(verdict));
      expect(Object.entries(rowsOf(action))).toEqual(wanted);
    }
  });
});
