import fc from "fast-check";
import { type Context, OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { World } from "../worlds/build-world.js";

/** Random worlds of few people who may do some of what steps take. */

const under = (Condition: object) => (Object.keys(Condition).length === 0 ? {} : { Condition });

const action = fc.constantFrom<unknown>(
  "*",
  "ram:*",
  "ram:Attach*",
  ["ram:CreatePolicyVersion", "ram:SetDefaultPolicyVersion"],
  ["ram:AddUserToGroup", "ram:DetachPolicyFrom*", "ram:RemoveUserFromGroup"],
  ["ram:CreateAccessKey", "ims:SetUserSsoSettings"],
  "sts:AssumeRole",
  ["ram:UpdateRole", "sts:AssumeRole"],
  ["ram:PassRole", "ecs:RunInstances"],
  "ecs:*",
  ["ram:CreatePolicy", "ram:AttachPolicyTo*"],
);
const resource = fc.constantFrom<unknown>(
  "*",
  "*",
  "*",
  "acs:ram:*:*:*",
  "acs:ram:*:*:user/b*",
  ["acs:ram:*:*:role/r1", "acs:ram::222:role/far"],
  ["acs:ram:*:111:user/alice", "acs:ram:*:system:policy/*"],
  ["acs:ram:*:*:policy/x*", "acs:ram:*:*:group/*", "acs:ram:*:*:user/*"],
  "acs:ecs:*:*:instance/*",
);
const condition = fc.constantFrom(
  {},
  {},
  {},
  {},
  { Bool: { "acs:MFAPresent": ["true"] } },
  { StringLike: { "acs:PrincipalARN": ["*user/a*"] } },
  { StringLike: { Resource: ["*r1", "*bob"] } },
  { StringEquals: { "acs:ResourceTag/team": ["red"] } },
  { StringEquals: { "acs:Service": ["ecs.aliyuncs.com"] } },
);
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny"),
    element: fc.constantFrom("Action", "Action", "Action", "NotAction"),
    action,
    element2: fc.constantFrom("Resource", "Resource", "Resource", "Resource", "NotResource"),
    resource,
    Condition: condition,
  })
  .map(({ Effect, element, action: actions, element2, resource: resources, Condition }) => ({
    Effect,
    [element]: actions,
    [element2]: resources,
    ...under(Condition),
  }));
const document = fc.oneof(
  { weight: 12, arbitrary: fc.array(statement, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const trusted = fc.constantFrom<unknown>(
  { RAM: ["acs:ram::111:root"] },
  { RAM: ["acs:ram::111:root"] },
  { RAM: ["acs:ram::111:user/alice", "acs:ram::111:role/r2"] },
  { RAM: ["acs:ram::222:root"] },
  { Service: ["ecs.aliyuncs.com"] },
  { RAM: "*" },
);
const trust = fc
  .record({ Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"), Principal: trusted, Condition: condition })
  .map(({ Effect, Principal, Condition }) => ({
    Effect,
    Principal,
    Action: "sts:AssumeRole",
    ...under(Condition),
  }));
const trusts = fc.array(trust, { minLength: 1, maxLength: 2 });
const POLICIES = ["P1", "P2", "P3", "C1", "C2"];
const attached = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...POLICIES) },
  { weight: 1, arbitrary: fc.constantFrom(...POLICIES).map((policy) => ({ policy, resourceGroup: "rg-1" })) },
);
const held = fc.uniqueArray(attached, { maxLength: 3, selector: (each) => JSON.stringify(each) });
const ADMIN = [{ Effect: "Allow", Action: "*", Resource: "*" }];

/** Control policies at the root, for whoever is of account 111. */
const boundBy = (root: readonly string[]): Pick<World, "directory"> => ({
  directory: { management: "999", members: { "111": "root" }, control: { root, "111": ["Admin"] } },
});

/** Everything that steps can be told apart by. */
export const escalationWorld: fc.Arbitrary<World> = fc
  .record({
    policies: fc.record({ P1: document, P2: document, P3: document, C1: document, C2: document }),
    older: document,
    users: fc.record({ alice: held, anna: held, bob: held, carl: held }),
    roles: fc.record({ r1: held, r2: held, r3: held, "222/far": held }),
    trust: fc.record({ r1: trusts, r2: trusts, r3: trusts, "222/far": trusts }),
    g1: held,
    g2: held,
    members: fc.subarray(["alice", "bob"]),
    tagged: fc.boolean(),
    isBound: fc.boolean(),
    bound: document,
  })
  .map(({ policies, older, users, roles, trust: letIn, g1, g2, members, tagged, isBound, bound }): World => {
    const own: World = {
      policies: { ...policies, Admin: ADMIN, Bound: bound },
      customPolicies: { C1: [older], C2: [] },
      users: { ...users, boss: ["Admin"] },
      roles,
      trusts: letIn,
      groups: { g1: { members, policies: g1 }, g2: { members: [], policies: g2 } },
      resourceGroups: { "rg-1": ["ecs:instance/i-1"] },
    };
    const tags = tagged ? { tags: { "acs:ram:*:111:role/r1": { team: "red" } } } : {};
    return { ...own, ...tags, ...(isBound ? boundBy(["Admin", "Bound"]) : {}) };
  });

/** Calls about some resource, which many may make somewhere. */
const aboutSome = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    Action: fc.constantFrom("ecs:*", "ecs:RunCommand", "ecs:Invoke*", "fc:UpdateFunction", "*:*R*"),
    element: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
    resource: fc.constantFrom(
      "*",
      "acs:ecs:*:*:instance/*",
      "acs:ecs:*:111:instance/i-1",
      "acs:ecs:*:222:*",
      "acs:ecs:*:222:instance/*",
      "acs:*::111:*",
      "acs:fc:?*:*:services/*",
    ),
    Condition: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, condition),
  })
  .map(({ Effect, Action, element, resource: resources, Condition }) => ({
    Effect,
    Action,
    [element]: resources,
    ...under(Condition),
  }));
const documentAboutSome = fc.array(aboutSome, { minLength: 1, maxLength: 2 });

/** Where steps are calls about some resource of an account. */
export const worldAboutSome: fc.Arbitrary<World> = fc
  .record({
    policies: fc.record(Object.fromEntries(POLICIES.map((name) => [name, documentAboutSome]))),
    users: fc.record({ alice: held, anna: held, bob: held, carl: held, "222/dora": held }),
    bound: fc.option(documentAboutSome, { nil: undefined }),
  })
  .map(({ policies, users, bound }): World => {
    const trusting = (service: string) => [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: [`${service}.aliyuncs.com`] } },
    ];
    const own: World = {
      policies: { ...policies, Admin: ADMIN, ...(bound === undefined ? {} : { Bound: bound }) },
      users,
      roles: { r1: ["Admin"], r2: ["Admin"], "222/far": ["Admin"] },
      trusts: { r1: trusting("ecs"), r2: trusting("fc"), "222/far": trusting("ecs") },
      resourceGroups: { "rg-1": ["ecs:instance/i-1"] },
    };
    return bound === undefined ? own : { ...own, ...boundBy(["Bound"]) };
  });

/** Calls at groups, which are told apart by name, beside calls of other kinds. */
const aboutGroups = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny"),
    Action: fc.constantFrom<unknown>(
      "ram:AddUserToGroup",
      ["ram:AddUserToGroup", "ram:AttachPolicyToGroup"],
      ["ram:RemoveUserFromGroup", "ram:DetachPolicyFromGroup"],
      "ram:*",
      ["ram:CreateAccessKey", "ram:UpdateRole", "sts:AssumeRole"],
      "ecs:RunCommand",
      "*",
    ),
    element: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
    resource: fc.constantFrom<unknown>(
      "*",
      "*",
      ["acs:ram:*:*:group/g1", "acs:ram:*:*:user/*"],
      ["acs:ram:*:*:group/g*", "acs:ram:*:*:user/a*"],
      ["acs:ram:*:111:group/*", "acs:ram:*:*:user/*", "acs:ram:*:system:policy/*"],
      ["acs:ram:*:222:*", "acs:ram:*:*:role/r*"],
    ),
    Condition: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, condition),
  })
  .map(({ Effect, Action, element, resource: resources, Condition }) => ({
    Effect,
    Action,
    [element]: resources,
    ...under(Condition),
  }));
const documentAboutGroups = fc.array(aboutGroups, { minLength: 1, maxLength: 2 });
const USERS = ["alice", "anna", "bob", "carl"];

/** Many hold the same policies, and are told apart by their groups and accounts, and by who binds and trusts them. */
export const worldOfSharers: fc.Arbitrary<World> = fc
  .record({
    policies: fc.record(Object.fromEntries(POLICIES.map((name) => [name, documentAboutGroups]))),
    shared: held,
    more: held,
    members: fc.record({ g1: fc.subarray(USERS), g2: fc.subarray(USERS), other: fc.subarray(USERS) }),
    groups: fc.record({ g1: held, other: held }),
    trust: fc.record({ r1: trusts, r2: trusts, "222/far": trusts }),
    bound: fc.option(documentAboutGroups, { nil: undefined }),
  })
  .map(({ policies, shared, more, members, groups, trust: letIn, bound }): World => {
    const all = [...new Map([...shared, ...more].map((each) => [JSON.stringify(each), each])).values()];
    const own: World = {
      policies: { ...policies, Admin: ADMIN, ...(bound === undefined ? {} : { Bound: bound }) },
      customPolicies: { C1: [ADMIN], C2: [] },
      users: { alice: shared, anna: shared, bob: shared, carl: all, "222/dora": shared, boss: ["Admin"] },
      roles: { r1: ["Admin"], r2: shared, "222/far": all },
      trusts: letIn,
      groups: {
        g1: { members: members.g1, policies: groups.g1 },
        g2: { members: members.g2, policies: ["Admin"] },
        other: { members: members.other, policies: groups.other },
        "222/g2": { members: [], policies: ["Admin"] },
      },
    };
    return bound === undefined ? own : { ...own, ...boundBy(["Bound"]) };
  });

export const contexts = fc.constantFrom<Context>(OPEN_CONTEXT, OPEN_CONTEXT, { mode: "CLOSED", entries: new Map() });
