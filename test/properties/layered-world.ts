import fc from "fast-check";
import type { Attached, World } from "../worlds/build-world.js";
import type { WorldDirectory } from "../worlds/world-directory.js";

/** Worlds of two accounts in which every layer may have a say. */

export const LAYERED_ACTIONS = ["ecs:Stop", "oss:Get", "sts:AssumeRole", "ram:Get"];
export const LAYERED_KEYS: Readonly<Record<string, readonly string[]>> = {
  "c:s": ["a", "b", "ab", "zz"],
  "c:t": ["a", "b", "ab", "zz"],
};
export const LAYERED_ARNS = [
  "acs:ecs:r1:111:instance/i-1",
  "acs:ecs:r1:111:instance/i-2",
  "acs:ecs:r1:111:instance/i-3",
  "acs:ecs:r1:111:keypair/k",
  "acs:ecs:r1:222:instance/i-4",
  "acs:oss:r1:111:b/k",
  "acs:oss:r1:222:c/k",
  "acs:oss:r1:222:d",
  "acs:ram:*:111:role/ops",
  "acs:ram:*:111:role/dev",
  "acs:ram:*:111:role/AliyunServiceRoleForX",
  "acs:ram:*:222:role/hub",
  "acs:ram:*:333:role/far",
];

type Statement = Readonly<Record<string, unknown>>;

const test = fc.record({
  operator: fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
  key: fc.constantFrom(...Object.keys(LAYERED_KEYS)),
  value: fc.constantFrom("a", "b", "a*"),
});
const condition = fc
  .option(test, { freq: 3, nil: undefined })
  .map((each) => (each === undefined ? {} : { Condition: { [each.operator]: { [each.key]: [each.value] } } }));
const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");
const action = fc.constantFrom<unknown>("*", "*", "ecs:*", "oss:Get", "sts:*", ["ecs:St?p", "sts:AssumeRole"], "*:Get");
const resource = fc.constantFrom<unknown>(
  "*",
  "*",
  "*",
  "acs:*:*:111:*",
  "acs:ecs:*:*:instance/*",
  "acs:ecs:*:*:instance/i-1",
  "acs:oss:*:*:?/*",
  ["acs:ram:*:*:role/ops", "acs:ram::222:role/hub"],
);

const statement: fc.Arbitrary<Statement> = fc
  .record({ Effect: effect, Action: action, Resource: resource, condition })
  .map(({ condition: tests, ...rest }) => ({ ...rest, ...tests }));
const document = fc.oneof(
  { weight: 9, arbitrary: fc.array(statement, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
export const randomStatements: fc.Arbitrary<readonly Statement[]> = fc.array(statement, { maxLength: 2 });

const trusted = fc.constantFrom<unknown>(
  { RAM: "acs:ram::111:root" },
  { RAM: ["acs:ram::222:root"] },
  { RAM: ["acs:ram::111:user/alice", "acs:ram::111:role/dev"] },
  { RAM: "acs:ram::222:role/HUB" },
  { RAM: "acs:ram::111:role/ops" },
  { Service: "ecs.aliyuncs.com" },
  { RAM: "*" },
  { RAM: "acs:ram::111:user/*" },
);
const trust = fc
  .record({ Effect: effect, Principal: trusted, condition })
  .map(({ condition: tests, ...rest }): Statement => ({ ...rest, Action: "sts:AssumeRole", ...tests }));
const trustDocument = fc.oneof(
  { weight: 9, arbitrary: fc.array(trust, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const named = fc.constantFrom<unknown>(
  ["*"],
  ["2001"],
  ["2002", "3001"],
  ["9999"],
  ["arn:sts::222:assumed-role/hub/*"],
);
const bucketStatement = fc
  .record({
    Effect: effect,
    Principal: named,
    Action: fc.constantFrom("oss:*", "oss:Get", "*"),
    Resource: fc.constantFrom("*", "acs:oss:*:*:?/*"),
    condition,
  })
  .map(({ condition: tests, ...rest }): Statement => ({ ...rest, ...tests }));
const bucket = fc.array(bucketStatement, { maxLength: 2 });

const held = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<Attached>("P0", "P1", "P2") },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Attached>(
        { policy: "P0", resourceGroup: "rg-1" },
        { policy: "P1", resourceGroup: "rg-2" },
      ),
    },
  ),
  { maxLength: 3 },
);

const control = fc.subarray(["C0", "C1", "FullAliyunAccess", "FullAliyunAccess"], { minLength: 1, maxLength: 3 });
const directory: fc.Arbitrary<WorldDirectory | undefined> = fc.option(
  fc.record({
    management: fc.constantFrom("222", "999"),
    members: fc.constantFrom<Readonly<Record<string, string>>>({ 111: "f-1" }, { 111: "root" }),
    folders: fc.constant({ "f-1": "root" }),
    control: fc.record({ root: control, "f-1": control, 111: control }),
  }),
  { freq: 4, nil: undefined },
);

export const layeredWorld: fc.Arbitrary<World> = fc
  .record({
    P0: document,
    P1: document,
    P2: document,
    C0: document,
    C1: document,
    alice: held,
    bob: held,
    eve: held,
    ops: held,
    dev: held,
    hub: held,
    linked: held,
    trusts: fc.record({
      ops: trustDocument,
      dev: trustDocument,
      "222/hub": trustDocument,
      AliyunServiceRoleForX: trustDocument,
    }),
    buckets: fc.record({ b: bucket, "222/c": bucket }),
    directory,
    second: fc.constantFrom("rg-1", "rg-2"),
  })
  .map(({ P0, P1, P2, C0, C1, alice, bob, eve, ops, dev, hub, linked, trusts, buckets, directory: tree, second }) => ({
    policies: { P0, P1, P2, C0, C1, FullAliyunAccess: null },
    users: { alice, bob, "222/eve": eve },
    roles: { ops, dev, "222/hub": hub, AliyunServiceRoleForX: linked },
    groups: { g: { members: ["bob"], policies: ["P2"] } },
    serviceNames: { AliyunServiceRoleForX: "x.aliyuncs.com" },
    ids: { alice: "2001", "222/eve": "2002", ops: "3001", "222/hub": "3003" },
    trusts,
    buckets,
    ...(tree === undefined ? {} : { directory: tree }),
    resourceGroups: {
      "rg-1": second === "rg-1" ? ["ecs:instance/i-1", "ecs:instance/i-2"] : ["ecs:instance/i-1"],
      "rg-2": second === "rg-2" ? ["ecs:instance/i-2@r1", "oss:bucket/b"] : ["oss:bucket/b"],
    },
    ungroupedTypes: ["ecs:keypair"],
  }));

/** Some keys given, some absent, some left open; nothing given or everything closed as often. */
export const layeredContext = fc.record({
  closed: fc.boolean(),
  context: fc.dictionary(
    fc.constantFrom(...Object.keys(LAYERED_KEYS)),
    fc.oneof(fc.constant(null), fc.subarray([...(LAYERED_KEYS["c:s"] ?? [])], { maxLength: 2 })),
    { maxKeys: 2 },
  ),
});
