import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import type { ReachMode } from "../../src/questions/who-can/principal-access.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import { allow, trust } from "../worlds/escalation-worlds.js";

const FROM_OFFICE = { Condition: { IpAddress: { "acs:SourceIp": "10.0.0.0/8" } } };
const ACT = "ecs:DeleteInstance";
const ASSUME = allow("sts:AssumeRole", "acs:ram::111:role/one");
const INTO_ONE = trust({ RAM: ["acs:ram::111:user/alice"] });

/** alice may act, and so may one, whom she may assume; both whatever the address. */
const open = { alice: [allow(ACT), ASSUME], one: [allow(ACT)], trust: INTO_ONE };

function worldOf({ alice, one, trust: into }: Record<keyof typeof open, readonly object[]>): World {
  return {
    policies: { A: alice, One: one, Else: [allow("vpc:*", "*", FROM_OFFICE)] },
    users: { alice: ["A", "Else"] },
    roles: { one: ["One"] },
    trusts: { one: into },
  };
}

/** The verdicts by name, or what the refusal names. */
function ask(world: World, reach: ReachMode) {
  const snapshot = buildWorld(world, []);
  const asked = {
    action: ACT,
    resource: "acs:ecs:*:111:instance/i-1",
    context: { "acs:SourceIp": "banana" },
    whoCan: {},
  };
  const answer = finish(whoCan(snapshot, valueIn(questionOf(snapshot, asked)), { verdicts: NOT_A_PLAIN_NO, reach }));
  if ("refusal" in answer) return answer.refusal.argument;
  return [...answer.value.rows].map(({ principal, decision }) => `${principal?.name} ${decision.verdict}`);
}

const REFUSED = "context.entries";
const BOTH = ["one ALLOWED", "alice ALLOWED"];

describe("a value that cannot be read", () => {
  test.each<[string, World, { readonly direct: unknown; readonly assumed: unknown }]>([
    ["by no policy that counts, is no matter", worldOf(open), { direct: BOTH, assumed: BOTH }],
    [
      "by what somebody holds, is refused though a role would do",
      worldOf({ ...open, alice: [allow(ACT, "*", FROM_OFFICE), ASSUME] }),
      { direct: REFUSED, assumed: REFUSED },
    ],
    [
      "by what a role holds, is refused",
      worldOf({ ...open, alice: [ASSUME], one: [allow(ACT, "*", FROM_OFFICE)] }),
      { direct: REFUSED, assumed: REFUSED },
    ],
    [
      "by what lets somebody assume a role, is refused where the way by it is asked for",
      worldOf({ ...open, alice: [{ ...ASSUME, ...FROM_OFFICE }] }),
      { direct: ["one ALLOWED"], assumed: REFUSED },
    ],
    [
      "by the trust of a role, is refused where the way by it is asked for",
      worldOf({ ...open, alice: [ASSUME], trust: [{ ...INTO_ONE[0], ...FROM_OFFICE }] }),
      { direct: ["one ALLOWED"], assumed: REFUSED },
    ],
  ])("%s", (_, world, { direct, assumed }) => {
    expect(ask(world, "DIRECT")).toEqual(direct);
    expect(ask(world, "ASSUMED")).toEqual(assumed);
  });
});
