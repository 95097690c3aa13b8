import { describe, expect, test } from "@jest/globals";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { escalationPaths, findEscalations } from "../../src/questions/escalation/escalations.js";
import type { EscalationPath } from "../../src/questions/escalation/find-paths.js";
import { pathSentence } from "../../src/questions/escalation/path-sentence.js";
import { PRIMITIVES } from "../../src/questions/escalation/primitives.js";
import { buildWorld, nameOf, principalOf, type World } from "../worlds/build-world.js";
import { finish } from "../worlds/finish.js";

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = "*", rest: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...rest,
});
const deny = (Action: string | readonly string[], Resource: string | readonly string[] = "*") => ({
  Effect: "Deny",
  Action,
  Resource,
});
const ADMIN_ARN = "acs:ram:*:system:policy/AdministratorAccess";
const ADMIN = [allow("*")];
const trust = (principal: object) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }];
const OWN_ACCOUNT = { RAM: ["acs:ram::111:root"] };

/** `VERDICT means, means` of alice's paths. */
function pathsOf(world: World, name = "alice"): readonly string[] {
  const snapshot = buildWorld(world, []);
  const search = escalationPaths(snapshot, OPEN_CONTEXT, undefined, principalOf(snapshot, name));
  return finish(search).paths.map(textOf);
}

/** The answer, and in how many slices it was found: others get in between. */
function inSlices<Answer>(search: Generator<undefined, Answer, undefined>): readonly [Answer, number] {
  for (let slices = 1; ; slices += 1) {
    const { done, value } = search.next();
    if (done === true) return [value, slices];
  }
}

/** So many users `u0`, `u1` and so on, who all hold the same. */
function crowd(count: number, statements: readonly object[], rest: Partial<World> = {}): World {
  const users = Object.fromEntries(Array.from({ length: count }, (_, i) => [`u${i}`, ["P"]]));
  return { ...rest, policies: { P: statements, ...rest.policies }, users: { ...users, ...rest.users } };
}

function textOf({ steps, ruling }: EscalationPath): string {
  return [ruling.verdict, steps.map(({ means }) => means).join(", ")].join(" ").trim();
}

/** A user alice with these statements beside the rest of a world. */
function alice(statements: readonly object[], rest: Partial<World> = {}): World {
  return { ...rest, policies: { P: statements, ...rest.policies }, users: { alice: ["P"], ...rest.users } };
}

const ROLE: Partial<World> = {
  policies: { Admin: ADMIN },
  roles: { boss: ["Admin"] },
  trusts: { boss: trust({ RAM: ["acs:ram::111:user/nobody"] }) },
};
const trusting = (principal: object): Partial<World> => ({ ...ROLE, trusts: { boss: trust(principal) } });
const ADMIN_USER: Partial<World> = { policies: { Admin: ADMIN }, users: { alice: ["P"], boss: ["Admin"] } };
const group = (policies: readonly string[], members: readonly string[]): Partial<World> => ({
  policies: { Admin: ADMIN, Lock: [deny("oss:*")] },
  groups: { team: { members, policies } },
});

const NOBODY: readonly string[] = [];

/** By means: what gives the path, and what is just short of it. */
const MEANS: Readonly<Record<keyof typeof PRIMITIVES, readonly [works: World, fails: World]>> = {
  ATTACH_POLICY_TO_USER: [
    alice([allow("ram:AttachPolicyToUser", ["acs:ram:*:111:user/alice", ADMIN_ARN])]),
    alice([allow("ram:AttachPolicyToUser", ["acs:ram:*:111:user/bob", ADMIN_ARN])]),
  ],
  ATTACH_NEW_POLICY_TO_USER: [
    alice([
      allow(["ram:CreatePolicy", "ram:AttachPolicyToUser"], ["acs:ram:*:111:user/alice", "acs:ram:*:111:policy/x-*"]),
    ]),
    alice([
      allow("ram:CreatePolicy", "acs:ram:*:111:policy/x-*"),
      allow("ram:AttachPolicyToUser", ["acs:ram:*:111:user/alice", "acs:ram:*:111:policy/y-*"]),
    ]),
  ],
  ATTACH_POLICY_TO_GROUP: [
    alice([allow("ram:AttachPolicyToGroup", ["acs:ram:*:111:group/team", ADMIN_ARN])], group([], ["alice"])),
    alice([allow("ram:AttachPolicyToGroup", ["acs:ram:*:111:group/team", ADMIN_ARN])], group([], [])),
  ],
  ATTACH_NEW_POLICY_TO_GROUP: [
    alice(
      [allow(["ram:CreatePolicy", "ram:AttachPolicyToGroup"], ["acs:ram:*:111:policy/*", "acs:ram:*:111:group/team"])],
      group([], ["alice"]),
    ),
    alice(
      [allow(["ram:AttachPolicyToGroup"], ["acs:ram:*:111:policy/*", "acs:ram:*:111:group/team"])],
      group([], ["alice"]),
    ),
  ],
  ATTACH_POLICY_TO_OWN_ROLE: [
    { policies: { P: [allow("ram:AttachPolicyToRole")] }, roles: { alice: ["P"] } },
    { policies: { P: [allow("ram:AttachPolicyToRole", "acs:ram:*:111:role/*")] }, roles: { alice: ["P"] } },
  ],
  ATTACH_POLICY_TO_ROLE: [
    alice([allow(["ram:AttachPolicyToRole", "sts:AssumeRole"])], {
      roles: { ops: [] },
      trusts: { ops: trust(OWN_ACCOUNT) },
    }),
    alice([allow(["ram:AttachPolicyToRole", "sts:AssumeRole"])], {
      roles: { ops: [] },
      trusts: { ops: trust({ Service: ["ecs.aliyuncs.com"] }) },
    }),
  ],
  CREATE_POLICY_VERSION: [
    alice([allow("ram:CreatePolicyVersion", "acs:ram:*:111:policy/P")], { customPolicies: { P: [] } }),
    alice([allow("ram:CreatePolicyVersion", "acs:ram:*:111:policy/P")]),
  ],
  SET_DEFAULT_POLICY_VERSION: [
    alice([allow("ram:SetDefaultPolicyVersion")], { customPolicies: { P: [ADMIN] } }),
    alice([allow("ram:SetDefaultPolicyVersion")], { customPolicies: { P: [[allow("oss:*")]] } }),
  ],
  DETACH_POLICY_FROM_USER: [
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*"])] },
      users: { alice: ["Admin", "Lock"] },
    },
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Detach*"])] },
      users: { alice: ["Admin", "Lock"] },
    },
  ],
  DETACH_POLICY_FROM_GROUP: [
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Remove*", "ims:*"])] },
      users: { alice: ["Admin"] },
      groups: { team: { members: ["alice"], policies: ["Lock"] } },
    },
    {
      policies: {
        Admin: ADMIN,
        Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Remove*", "ims:*", "ram:Detach*"])],
      },
      users: { alice: ["Admin"] },
      groups: { team: { members: ["alice"], policies: ["Lock"] } },
    },
  ],
  DETACH_POLICY_FROM_ROLE: [
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*"])] },
      roles: { alice: ["Admin", "Lock"] },
    },
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Detach*"])] },
      roles: { alice: ["Admin", "Lock"] },
    },
  ],
  ADD_USER_TO_GROUP: [
    alice(
      [allow("ram:AddUserToGroup", ["acs:ram:*:111:user/alice", "acs:ram:*:111:group/team"])],
      group(["Admin"], []),
    ),
    alice([allow("ram:AddUserToGroup", "acs:ram:*:111:group/team")], group(["Admin"], [])),
  ],
  REMOVE_USER_FROM_GROUP: [
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Detach*"])] },
      users: { alice: ["Admin"] },
      groups: { team: { members: ["alice"], policies: ["Lock"] } },
    },
    {
      policies: { Admin: ADMIN, Lock: [deny(["oss:*", "ram:Create*", "ram:Attach*", "ram:Detach*"])] },
      users: { alice: ["Admin", "Lock"] },
      groups: { team: { members: ["alice"], policies: ["Lock"] } },
    },
  ],
  CREATE_ACCESS_KEY: [
    alice([allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")], ADMIN_USER),
    alice([allow("ram:CreateAccessKey", "acs:ram:*:111:user/alice")], ADMIN_USER),
  ],
  SET_PASSWORD: [
    alice([allow("ram:UpdateLoginProfile", "acs:ram:*:111:user/*")], ADMIN_USER),
    alice([allow("ram:GetLoginProfile", "acs:ram:*:111:user/*")], ADMIN_USER),
  ],
  SET_USER_SSO: [
    alice([allow("ims:SetUserSsoSettings")], ADMIN_USER),
    alice([allow("ims:GetUserSsoSettings")], ADMIN_USER),
  ],
  ASSUME_ROLE: [
    alice([allow("sts:AssumeRole")], trusting(OWN_ACCOUNT)),
    alice([allow("sts:AssumeRole")], trusting({ RAM: ["acs:ram::111:user/bob"] })),
  ],
  UPDATE_ROLE: [
    alice([allow(["ram:UpdateRole", "sts:AssumeRole"], "acs:ram:*:111:role/boss")], ROLE),
    alice([allow("ram:UpdateRole", "acs:ram:*:111:role/boss")], ROLE),
  ],
  CREATE_ROLE: [
    alice([allow(["ram:CreateRole", "ram:AttachPolicyToRole", "sts:AssumeRole"])]),
    alice([
      allow(["ram:AttachPolicyToRole", "sts:AssumeRole"]),
      allow("ram:CreateRole", "*", { Condition: { StringEquals: { "ram:TrustedPrincipalTypes": "Service" } } }),
    ]),
  ],
  CREATE_USER: [
    alice([
      allow(["ram:CreateUser", "ram:CreateLoginProfile", "ram:AttachPolicyToUser"]),
      deny("*", "acs:ram:*:111:user/alice"),
    ]),
    alice([allow(["ram:CreateUser", "ram:AttachPolicyToUser"]), deny("*", "acs:ram:*:111:user/alice")]),
  ],
  PASS_ROLE_TO_ECS: [
    alice(
      [
        allow("ram:PassRole", "*", { Condition: { StringEquals: { "acs:Service": "ecs.aliyuncs.com" } } }),
        allow("ecs:RunInstances"),
      ],
      trusting({ Service: ["ecs.aliyuncs.com"] }),
    ),
    alice(
      [
        allow("ram:PassRole", "*", { Condition: { StringEquals: { "acs:Service": "fc.aliyuncs.com" } } }),
        allow("ecs:RunInstances"),
      ],
      trusting({ Service: ["ecs.aliyuncs.com"] }),
    ),
  ],
  PASS_ROLE_TO_FC: [
    alice(
      [allow(["ram:PassRole", "fc:CreateFunction", "fc:InvokeFunction"])],
      trusting({ Service: ["fc.aliyuncs.com"] }),
    ),
    alice(
      [allow(["ram:PassRole", "fc:CreateFunction", "fc:InvokeFunction"])],
      trusting({ Service: ["ecs.aliyuncs.com"] }),
    ),
  ],
  PASS_ROLE_TO_ROS: [
    alice([allow(["ram:PassRole", "ros:CreateStack"])], trusting({ Service: ["ros.aliyuncs.com"] })),
    alice([allow(["ros:CreateStack"])], trusting({ Service: ["ros.aliyuncs.com"] })),
  ],
  PASS_ROLE_TO_OOS: [
    alice([allow(["ram:PassRole", "oos:StartExecution"])], trusting({ Service: ["oos.aliyuncs.com"] })),
    alice([allow(["ram:PassRole"])], trusting({ Service: ["oos.aliyuncs.com"] })),
  ],
  RUN_COMMAND: [
    alice([allow("ecs:RunCommand")], trusting({ Service: ["ecs.aliyuncs.com"] })),
    alice([allow("ecs:RunCommand")], trusting({ Service: ["fc.aliyuncs.com"] })),
  ],
  UPDATE_FUNCTION: [
    alice([allow("fc:UpdateFunction")], trusting({ Service: ["fc.aliyuncs.com"] })),
    alice([allow("fc:GetFunction")], trusting({ Service: ["fc.aliyuncs.com"] })),
  ],
};

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
    expect(answer.rows.map(({ principal, paths }) => [nameOf(principal), ...paths.map(pathSentence)])).toEqual([
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
    expect(rows.map(({ principal, paths }) => [nameOf(principal), ...paths.map(textOf)])).toEqual([
      ["ann", "ALLOWED CREATE_ACCESS_KEY"],
      ["ben", "CONDITIONAL CREATE_ACCESS_KEY, CREATE_ACCESS_KEY"],
    ]);
  });

  const MANY = 300;
  test.each<[name: string, world: World, rows: number, isTruncated: boolean]>([
    ["who may all act as each other, and lead nowhere", crowd(MANY, [allow("ram:CreateAccessKey")]), 0, false],
    [
      "who are asked by name",
      crowd(100, [allow("ram:CreateAccessKey", "*", { Condition: { StringLike: { "acs:PrincipalARN": "*u1*" } } })]),
      0,
      false,
    ],
    [
      "who get there by one of them",
      crowd(MANY, [allow("ram:CreateAccessKey", "acs:ram:*:111:user/gate")], {
        policies: { Admin: ADMIN, Gate: [allow("ram:CreateAccessKey", "acs:ram:*:111:user/boss")] },
        users: { gate: ["Gate"], boss: ["Admin"] },
      }),
      MANY + 1,
      false,
    ],
  ])("keeps nobody waiting for a crowd %s", (_name, world, rows, isTruncated) => {
    const [answer, slices] = inSlices(findEscalations(buildWorld(world, []), OPEN_CONTEXT, undefined));
    expect([answer.rows.length, answer.isTruncated]).toEqual([rows, isTruncated]);
    // A slice is about one principal at most.
    expect(slices).toBeGreaterThan(Object.keys(world.users ?? {}).length);
  });
});
