import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { escalationPaths, findEscalations } from "../../src/questions/escalation/escalations.js";
import { pathSentence } from "../../src/questions/escalation/path-sentence.js";
import { PRIMITIVES } from "../../src/questions/escalation/primitives.js";
import { buildWorld, nameOf, principalOf, type World } from "../worlds/build-world.js";
import { MEANS } from "../worlds/escalation-means.js";
import {
  ADMIN,
  ADMIN_ARN,
  alice,
  allow,
  crowd,
  deny,
  OWN_ACCOUNT,
  trust,
  trusting,
} from "../worlds/escalation-worlds.js";
import { pathsOf, textOf } from "./escalation-texts.js";

const NOBODY: readonly string[] = [];

describe("becoming an administrator", () => {
  test.each(Object.entries(MEANS))("by %s, and not just short of it", (means, [works, fails]) => {
    const verdict = Object.entries(PRIMITIVES).some(([name, row]) => name === means && "unknown" in row)
      ? "UNDETERMINED"
      : "ALLOWED";
    expect(pathsOf(works)).toEqual([`${verdict} ${means}`]);
    expect(pathsOf(fails)).toEqual(NOBODY);
  });

  test.each<[string, World, readonly string[]]>([
    ["one who is there needs no step", { policies: { A: ADMIN }, users: { alice: ["A"] } }, ["ALLOWED"]],
    [
      "one policy may leave out what another one grants",
      {
        policies: { A: [{ Effect: "Allow", NotAction: ["ram:*"], Resource: "*" }], B: [allow("ram:*")] },
        users: { alice: ["A", "B"] },
      },
      ["ALLOWED"],
    ],
    [
      "power users have neither RAM nor IMS, so they get nowhere",
      { policies: { A: [{ Effect: "Allow", NotAction: ["ram:*", "ims:*"], Resource: "*" }] }, users: { alice: ["A"] } },
      NOBODY,
    ],
    [
      "what two statements leave out together is missed",
      {
        policies: {
          A: [
            { Effect: "Allow", NotAction: ["ram:*"], Resource: "*" },
            { Effect: "Allow", NotAction: ["*:Get*"], Resource: "*" },
            deny(["ram:Create*", "ram:Attach*", "ram:Update*", "ram:Add*", "ram:Set*", "ram:Detach*"]),
          ],
        },
        users: { alice: ["A"] },
      },
      NOBODY,
    ],
    [
      "an administrator of one resource group is none of the account",
      {
        policies: { A: ADMIN },
        users: { alice: [{ policy: "A", resourceGroup: "rg-1" }] },
        resourceGroups: { "rg-1": ["ecs:instance/i-1"] },
      },
      NOBODY,
    ],
    [
      "not all resources are not everything",
      { policies: { A: [allow("*", "acs:ecs:*:*:*")] }, users: { alice: ["A"] } },
      NOBODY,
    ],
    [
      "conditions are kept",
      alice(
        [allow("sts:AssumeRole", "*", { Condition: { Bool: { "acs:MFAPresent": "true" } } })],
        trusting(OWN_ACCOUNT),
      ),
      ["CONDITIONAL ASSUME_ROLE"],
    ],
    [
      "a certain longer path and a shorter one with conditions are both told",
      alice(
        [
          allow("sts:AssumeRole", "acs:ram:*:*:role/boss", { Condition: { Bool: { "acs:MFAPresent": "true" } } }),
          allow("sts:AssumeRole", "acs:ram:*:*:role/step"),
        ],
        {
          policies: { Admin: ADMIN, Next: [allow("sts:AssumeRole")] },
          roles: { boss: ["Admin"], step: ["Next"] },
          trusts: { boss: trust(OWN_ACCOUNT), step: trust(OWN_ACCOUNT) },
        },
      ),
      ["ALLOWED ASSUME_ROLE, ASSUME_ROLE", "CONDITIONAL ASSUME_ROLE"],
    ],
    [
      "all shortest paths",
      alice([allow("sts:AssumeRole")], {
        policies: { Admin: ADMIN, Next: [allow("sts:AssumeRole", "acs:ram:*:*:role/boss")] },
        roles: { boss: ["Admin"], a: ["Next"], b: ["Next"] },
        trusts: {
          boss: trust({ RAM: ["acs:ram::111:role/a", "acs:ram::111:role/b"] }),
          a: trust(OWN_ACCOUNT),
          b: trust(OWN_ACCOUNT),
        },
      }),
      ["ALLOWED ASSUME_ROLE, ASSUME_ROLE", "ALLOWED ASSUME_ROLE, ASSUME_ROLE"],
    ],
    [
      "rights gained on the way count",
      alice([allow("ram:AddUserToGroup")], {
        policies: { Next: [allow("ram:CreatePolicyVersion")] },
        customPolicies: { P: [] },
        groups: { team: { members: [], policies: ["Next"] } },
      }),
      ["ALLOWED ADD_USER_TO_GROUP, CREATE_POLICY_VERSION"],
    ],
    [
      "a policy that was detached gives nothing when it is rewritten",
      alice([allow(["ram:DetachPolicyFromUser", "ram:CreatePolicyVersion"])], {
        policies: { Guard: [deny("ram:CreatePolicyVersion")] },
        customPolicies: { Guard: [] },
        users: { alice: ["P", "Guard"] },
      }),
      NOBODY,
    ],
    [
      "a policy that was detached still reaches by a group that was joined",
      alice([allow(["ram:AddUserToGroup", "ram:DetachPolicyFromUser"])], {
        policies: {
          Admin: ADMIN,
          Guard: [{ Effect: "Deny", NotAction: ["ram:AddUserToGroup", "ram:DetachPolicyFromUser"], Resource: "*" }],
        },
        users: { alice: ["P", "Guard"] },
        groups: { team: { members: [], policies: ["Admin", "Guard"] } },
      }),
      NOBODY,
    ],
    [
      "a circle of roles ends",
      alice([allow("sts:AssumeRole")], {
        policies: { Next: [allow("sts:AssumeRole")] },
        roles: { a: ["Next"], b: ["Next"] },
        trusts: { a: trust(OWN_ACCOUNT), b: trust(OWN_ACCOUNT) },
      }),
      NOBODY,
    ],
    [
      "a role of another account that trusts one",
      alice([allow("sts:AssumeRole")], {
        policies: { Admin: ADMIN },
        roles: { "222/boss": ["Admin"] },
        trusts: { "222/boss": trust(OWN_ACCOUNT) },
      }),
      ["ALLOWED ASSUME_ROLE"],
    ],
    [
      "a policy that reaches only within a group makes nobody more there",
      {
        policies: { P: [allow("ram:CreatePolicyVersion")], Q: [allow("oss:*")] },
        customPolicies: { Q: [] },
        users: { alice: [{ policy: "Q", resourceGroup: "rg-1" }, "P"] },
        resourceGroups: { "rg-1": ["ecs:instance/i-1"] },
      },
      NOBODY,
    ],
    [
      "an older version whose text is not known may be wider",
      alice([allow("ram:SetDefaultPolicyVersion")], { customPolicies: { P: [null] } }),
      ["UNDETERMINED SET_DEFAULT_POLICY_VERSION"],
    ],
    [
      "a service-linked role is left to its service",
      { policies: { P: [allow("ram:*")] }, roles: { alice: ["P"] }, serviceNames: { alice: "x.aliyuncs.com" } },
      NOBODY,
    ],
    [
      "control policies bound the steps, and not who counts as an administrator",
      {
        ...alice([allow("ram:AttachPolicyToUser")]),
        policies: { P: [allow("ram:AttachPolicyToUser")], Full: ADMIN, NoRam: [deny("oss:*")] },
        directory: {
          management: "999",
          members: { "111": "root" },
          control: { root: ["Full", "NoRam"], "111": ["Full"] },
        },
      },
      ["ALLOWED ATTACH_POLICY_TO_USER"],
    ],
    [
      "a control policy that denies the step",
      {
        ...alice([allow("ram:AttachPolicyToUser")]),
        policies: { P: [allow("ram:AttachPolicyToUser")], Full: ADMIN, NoRam: [deny("ram:Attach*")] },
        directory: {
          management: "999",
          members: { "111": "root" },
          control: { root: ["Full", "NoRam"], "111": ["Full"] },
        },
      },
      NOBODY,
    ],
  ])("%s", (_law, world, expected) => {
    expect(pathsOf(world)).toEqual(expected);
  });

  test("lists those who can and are not yet, in the order of ARNs, with sentences", () => {
    const world: World = {
      policies: {
        Admin: ADMIN,
        Key: [allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")],
        Hop: [allow("sts:AssumeRole")],
      },
      users: { boss: ["Admin"], carol: ["Hop"], bob: ["Key"], dave: [] },
      roles: { ops: ["Key"] },
      trusts: { ops: trust(OWN_ACCOUNT) },
    };
    const snapshot = buildWorld(world, []);
    const answer = finish(findEscalations(snapshot, OPEN_CONTEXT, undefined));
    expect(answer.isTruncated).toBe(false);
    expect(
      [...answer.rows].map(({ principal, paths }) => [nameOf(principal), ...finish(paths()).map(pathSentence)]),
    ).toEqual([
      ["ops", "ops makes itself an AccessKey of boss, and may do everything in account 111."],
      ["bob", "bob makes itself an AccessKey of boss, and may do everything in account 111."],
      [
        "carol",
        "carol assumes role ops, then ops makes itself an AccessKey of boss, and may do everything in account 111.",
      ],
    ]);
    const toOps = escalationPaths(snapshot, OPEN_CONTEXT, "role:111:ops", principalOf(snapshot, "carol"));
    expect(finish(toOps).paths.map(pathSentence)).toEqual(["carol assumes role ops, and acts as ops."]);
  });

  test("users who hold the same and are named by their policy are told apart", () => {
    const keys = allow("ram:CreateAccessKey", ["acs:ram:*:111:user/u1", "acs:ram:*:111:user/boss"]);
    const world = crowd(3, [allow("ram:AttachPolicyToUser", ["acs:ram:*:111:user/u2", ADMIN_ARN]), keys], {
      policies: { Admin: ADMIN, Lock: [deny("ram:CreateAccessKey", "acs:ram:*:111:user/boss")] },
      users: { u0: ["P", "Lock"], boss: ["Admin"] },
    });
    expect(pathsOf(world, "u2")).toEqual(["ALLOWED ATTACH_POLICY_TO_USER", "ALLOWED CREATE_ACCESS_KEY"]);
    expect(pathsOf(world, "u1")).toEqual(["ALLOWED CREATE_ACCESS_KEY"]);
    expect(pathsOf(world, "u0")).toEqual(["ALLOWED CREATE_ACCESS_KEY, CREATE_ACCESS_KEY"]);
  });

  test("what one search found out does not mislead the next", () => {
    const world: World = {
      policies: {
        Admin: ADMIN,
        Key: [allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")],
        Home: [
          allow("ram:CreateAccessKey", "acs:ram:*:111:user/ann", { Condition: { Bool: { "acs:MFAPresent": "true" } } }),
        ],
      },
      users: { boss: ["Admin"], ann: ["Key"], ben: ["Home"] },
    };
    const { rows } = finish(findEscalations(buildWorld(world, []), OPEN_CONTEXT, undefined));
    expect([...rows].map(({ principal, paths }) => [nameOf(principal), ...finish(paths()).map(textOf)])).toEqual([
      ["ann", "ALLOWED CREATE_ACCESS_KEY"],
      ["ben", "CONDITIONAL CREATE_ACCESS_KEY, CREATE_ACCESS_KEY"],
    ]);
  });
});
