import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { can } from "../../src/questions/can/can.js";
import { guardiansOf } from "../../src/questions/guardians/guardians.js";
import { leversOf } from "../../src/questions/guardians/levers-of.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, principalOf, type World } from "../worlds/build-world.js";

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => ({
  Effect: "Allow",
  Action,
  Resource,
});
const trust = (name: string) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: [name] } }];

const WORLD: World = {
  policies: {
    Own: [allow("ecs:Stop", "acs:ecs:*:*:instance/i-1")],
    Team: [{ Effect: "Deny", Action: "ecs:Start", Resource: "*" }, allow("ecs:Start"), allow("sts:AssumeRole")],
    EditOwn: [allow("ram:CreatePolicyVersion", "acs:ram:*:111:policy/Own")],
    EditAll: [allow(["ram:CreatePolicyVersion", "ram:SetDefaultPolicyVersion"], "acs:ram:*:111:policy/*")],
    Attach: [allow("ram:AttachPolicyToUser", ["acs:ram:*:111:user/alice", "acs:ram:*:system:policy/*"])],
    Detach: [allow("ram:DetachPolicyFromGroup"), allow("ram:RemoveUserFromGroup", "acs:ram:*:*:user/*")],
    Roles: [allow("ram:UpdateRole", "acs:ram:*:111:role/ops")],
    Bucket: [allow("oss:PutBucketPolicy", "acs:oss:*:*:b")],
    Limit: [{ Effect: "Deny", Action: "vpc:*", Resource: "*" }, allow("*")],
    Directory: [allow("resourcemanager:*ControlPolicy")],
  },
  customPolicies: { Own: [[allow("*")]] },
  users: {
    alice: ["Own"],
    editor: ["EditOwn"],
    keeper: ["EditAll"],
    giver: ["Attach"],
    taker: ["Detach"],
    rolekeeper: ["Roles"],
    bucketkeeper: ["Bucket"],
    "999/director": ["Directory"],
    "111/bystander": [],
  },
  groups: { team: { members: ["alice"], policies: ["Team"] } },
  roles: { ops: [] },
  trusts: { ops: trust("acs:ram::111:user/nobody") },
  buckets: { b: [{ Effect: "Deny", Principal: ["*"], Action: "oss:Put", Resource: "acs:oss:*:111:b/*" }] },
  directory: { management: "999", members: { "111": "root" }, control: { root: ["Limit"], "111": ["Limit"] } },
};
const snapshot = buildWorld(WORLD, []);

function decide(action: string, resource: string, principal = "alice") {
  const question = valueIn(questionOf(snapshot, { action, resource, whoCan: {} }));
  return valueIn(can(snapshot, principalOf(snapshot, principal), question, ""));
}

function guardians(action: string, resource: string, principal?: string): readonly string[] {
  const search = guardiansOf(decide(action, resource, principal));
  const { rows } = finish(search);
  return rows.slice(0, rows.length).map(({ lever, access: { decision } }) => {
    const who = decision.asker?.principal;
    return `${who === undefined ? "?" : nameOf(who)}: ${lever.text}${decision.verdict === "ALLOWED" ? "" : ` (${decision.verdict})`}`;
  });
}

const CONTROL = ["999/director: rewrite control policy Limit", "999/director: detach control policy Limit"];

describe("who can change an answer", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "of a yes: who edits the policy; nobody may detach it from alice",
      "ecs:Stop",
      "acs:ecs:r:111:instance/i-1",
      [
        "editor: rewrite policy Own",
        "keeper: rewrite policy Own",
        "keeper: put another version of policy Own in force",
        ...CONTROL,
      ],
    ],
    [
      "of a Deny that a group brings: who detaches it or takes alice out; a system policy has no editor",
      "ecs:Start",
      "acs:ecs:r:111:instance/i-1",
      ["taker: detach policy Team from team"],
    ],
    [
      "of silence: who widens what reaches her, or attaches more",
      "rds:Drop",
      "acs:rds:r:111:dbinstance/d",
      [
        "editor: rewrite policy Own",
        "keeper: rewrite policy Own",
        "keeper: put another version of policy Own in force",
        "giver: attach a policy to alice",
      ],
    ],
    ["of a bucket's Deny", "oss:Put", "acs:oss:*:111:b/x", ["bucketkeeper: rewrite the policy of bucket b"]],
    [
      "of a control policy's Deny: who is in the account that manages the directory",
      "vpc:Drop",
      "acs:vpc:r:111:vpc/v",
      CONTROL,
    ],
  ])("%s", (_law, action, resource, expected) => {
    expect(guardians(action, resource)).toEqual(expected);
  });

  test("of a role that does not trust: who rewrites its trust policy", () => {
    expect(guardians("sts:AssumeRole", "acs:ram:*:111:role/ops")).toContain("rolekeeper: rewrite whom role ops trusts");
  });

  test("asks each change of exactly what it touches", () => {
    const levers = leversOf(decide("ecs:Start", "acs:ecs:r:111:instance/i-1"));
    expect(levers.map(({ action, arns }) => [action, ...arns])).toEqual([
      ["ram:DetachPolicyFromGroup", "acs:ram::111:group/team", "acs:ram::system:policy/Team"],
      ["ram:RemoveUserFromGroup", "acs:ram::111:user/alice", "acs:ram::111:group/team"],
    ]);
  });
});
