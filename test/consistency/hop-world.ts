import fc from "fast-check";
import type { Attached, World } from "../worlds/build-world.js";

/** Worlds in which many are alike for what they hold, and everything that could tell them or the roles apart has a say. */

const tests = fc.option(
  fc.constantFrom<Readonly<Record<string, unknown>>>(
    { StringEquals: { "c:s": ["a"] } },
    { StringNotLike: { "acs:PrincipalArn": ["*user/u1"] } },
    { StringLike: { Resource: ["*role/r1"] } },
    { StringEquals: { "acs:ResourceTag/team": ["blue"] } },
    { StringEquals: { "acs:ResourceGroupId": ["rg-1"] } },
  ),
  { freq: 2, nil: undefined },
);
const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");
const together = (Condition: Readonly<Record<string, unknown>> | undefined) =>
  Condition === undefined ? {} : { Condition };

const statement = fc
  .record({
    Effect: effect,
    Action: fc.constantFrom<unknown>("*", "sts:*", "sts:AssumeRole", "ecs:*"),
    Resource: fc.constantFrom<unknown>(
      "*",
      "*",
      "acs:ram:*:*:role/r1",
      "acs:ram::111:role/R*",
      "acs:ecs:*:*:instance/*",
      "acs:*:*:222:*",
      "role/r1",
    ),
    tests,
  })
  .map(({ tests: own, ...rest }) => ({ ...rest, ...together(own) }));
const negated = fc
  .record({
    Effect: effect,
    Action: fc.constant("*"),
    NotResource: fc.constantFrom("acs:ram:*:*:role/r1", "acs:ecs:*:*:*"),
  })
  .map((each): object => each);
const document = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.array(fc.oneof({ weight: 5, arbitrary: statement }, negated), { minLength: 1, maxLength: 2 }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

const trusted = fc.constantFrom<unknown>(
  { RAM: "acs:ram::111:root" },
  { RAM: "acs:ram::111:root" },
  { RAM: "*" },
  { RAM: ["acs:ram::222:root", "acs:ram::111:user/U1"] },
  { RAM: ["acs:ram::111:role/r1", "acs:ram::111:user/u2"] },
  { RAM: "acs:ram::111:user/*" },
  { RAM: "2001" },
  { Service: "ecs.aliyuncs.com" },
  { Federated: "acs:ram::111:saml-provider/x" },
);
const trust = fc
  .record({ Effect: effect, Principal: trusted, tests })
  .map(({ tests: own, ...rest }) => ({ ...rest, Action: "sts:AssumeRole", ...together(own) }));
const trustDocument = fc.oneof(
  { weight: 9, arbitrary: fc.array(trust, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const held = fc.subarray<Attached>(["P0", "P1", { policy: "P0", resourceGroup: "rg-1" }], { maxLength: 2 });

export const hopWorld: fc.Arbitrary<World> = fc
  .record({
    policies: fc.record({ P0: document, P1: document }),
    users: fc.record({ u1: held, u2: held, u3: held, "222/u4": held }),
    roles: fc.record({ r1: held, r2: held, r3: held, "222/r4": held }),
    trusts: fc.record({ r1: trustDocument, r2: trustDocument, r3: trustDocument, "222/r4": trustDocument }),
    group: held,
    isGrouped: fc.boolean(),
    tagged: fc.constantFrom("r1", "r2"),
  })
  .map(({ group, isGrouped, tagged, ...world }) => ({
    ...world,
    groups: { g: { members: ["u2", "u3"], policies: group } },
    ids: { u1: "2001", r1: "3001" },
    tags: { [`acs:ram:*:111:role/${tagged}`]: { team: "blue" } },
    ...(isGrouped ? { resourceGroups: { "rg-1": ["ram:role/r1"] } } : {}),
  }));
