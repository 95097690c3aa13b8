import type { PRIMITIVES } from "../../src/questions/escalation/primitives.js";
import type { World } from "./build-world.js";
import {
  ADMIN,
  ADMIN_ARN,
  ADMIN_USER,
  alice,
  allow,
  deny,
  group,
  OWN_ACCOUNT,
  ROLE,
  trust,
  trusting,
} from "./escalation-worlds.js";

/** By means: what gives the path, and what is just short of it. */
export const MEANS: Readonly<Record<keyof typeof PRIMITIVES, readonly [works: World, fails: World]>> = {
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
