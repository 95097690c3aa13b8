import fc from "fast-check";
import type { Attached, World } from "../worlds/build-world.js";

/** What the conditions of random worlds test, and the values that tell all their tests apart. */
export const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  "c:s": ["a", "A", "b", "B", "ab", "a*", "A*", "?", "*", "zz"],
  "c:t": ["a", "A", "b", "B", "ab", "a*", "A*", "?", "*", "zz"],
  "c:n": ["4", "5", "5.5", "6", "7"],
  "c:i": ["10.0.0.1", "10.1.0.1", "10.2.0.1", "11.0.0.1"],
  "c:d": [
    "2019-12-31T22:59:59Z",
    "2019-12-31T23:00:00Z",
    "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00.5Z",
    "2020-01-01T00:00:01Z",
  ],
  "c:b": ["true", "false"],
};

export const ACTIONS = ["ecs:Stop", "ecs:Start", "oss:Get", "ram:Get"];
const ACTION_PATTERNS = [
  "*",
  "ecs:*",
  "ECS:st*",
  "ecs:Stop",
  "oss:Get",
  "*:Get",
  "ram:?et",
  "*:*",
  "ecs:St??",
  "vpc:*",
];
const RESOURCE_PATTERNS = [
  "*",
  "acs:oss:*:*:a*",
  "acs:oss:*:*:*/b",
  "acs:oss:r*:*:a",
  "acs:oss::111:?",
  "acs:ecs:*:111:*",
  "acs:ecs:r1:*:a/*",
  "acs:ecs:*:222:*",
  "acs:ram:*:*:A*",
  "acs:ram::111:a/b",
  "acs:*:*:*:?a*",
  "acs:*:r1:*:b",
  "*a/b",
  "acs:ecs:*:111",
];

const values = (...choices: readonly string[]) =>
  fc.oneof(fc.constantFrom(...choices), fc.subarray([...choices], { minLength: 1, maxLength: 2 }));
const strings = fc.record({
  operator: fc.constantFrom(
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
    "ForAllValues:StringEquals",
    "ForAnyValue:StringLike",
    "ForAllValues:StringNotLike",
    "ForAnyValue:StringNotEquals",
  ),
  key: fc.constantFrom("c:s", "C:S", "c:t"),
  values: values("a", "b", "a*", "?", "*"),
});
const numbers = fc.record({
  operator: fc.constantFrom(
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
  ),
  key: fc.constant("c:n"),
  values: values("5", "5.0", "6"),
});
const dates = fc.record({
  operator: fc.constantFrom(
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
  ),
  key: fc.constant("c:d"),
  values: values("2020-01-01T00:00:00Z", "2020-01-01T00:00:00+01:00"),
});
const addresses = fc.record({
  operator: fc.constantFrom("IpAddress", "NotIpAddress"),
  key: fc.constant("c:i"),
  values: values("10.0.0.0/8", "10.1.0.0/16", "10.0.0.1"),
});
const booleans = fc.record({ operator: fc.constant("Bool"), key: fc.constant("c:b"), values: values("true", "False") });
const knownKeys = fc.oneof(
  fc.record({
    operator: fc.constantFrom("StringLike", "StringNotLike"),
    key: fc.constant("Action"),
    values: values("ecs:St*", "*Get"),
  }),
  fc.record({
    operator: fc.constantFrom("StringLike", "StringNotLike", "StringEquals"),
    key: fc.constant("Resource"),
    values: values("*:a/*", "acs:oss:r1:111:a", "*b", "acs:ram:r1:111:A"),
  }),
  fc.record({
    operator: fc.constantFrom("StringEquals", "StringNotLike"),
    key: fc.constant("acs:PrincipalArn"),
    values: values("acs:ram::111:user/alice", "acs:ram:*:role/*"),
  }),
  fc.record({
    operator: fc.constantFrom("NumericEquals", "Bool"),
    key: fc.constantFrom("Resource", "acs:PrincipalArn"),
    values: fc.constant("5"),
  }),
);
const broken = fc.record({
  operator: fc.constantFrom("StringEqualsIfExists", "Null"),
  key: fc.constant("c:s"),
  values: fc.constant("a"),
});

const conditions = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: strings },
      { weight: 4, arbitrary: numbers },
      { weight: 4, arbitrary: dates },
      { weight: 4, arbitrary: addresses },
      { weight: 3, arbitrary: booleans },
      { weight: 3, arbitrary: knownKeys },
      { weight: 1, arbitrary: broken },
    ),
    { maxLength: 2 },
  )
  .map((tests) => {
    const block: Record<string, Record<string, string | readonly string[]>> = {};
    for (const { operator, key, values: tested } of tests) {
      // An unreadable value would make the whole statement unreadable, which `broken` stands for.
      const readable = operator === "Bool" && tested === "5" ? "true" : tested;
      block[operator] = { ...block[operator], [key]: readable };
    }
    return block;
  });

const someOf = (choices: readonly string[]) => fc.subarray([...choices], { minLength: 1, maxLength: 3 });
const statement = fc
  .record({
    effect: fc.oneof({ weight: 3, arbitrary: fc.constant("Allow") }, { weight: 2, arbitrary: fc.constant("Deny") }),
    action: fc.constantFrom("Action", "Action", "Action", "NotAction"),
    actions: someOf(ACTION_PATTERNS),
    resource: fc.constantFrom("Resource", "Resource", "Resource", "Resource", "NotResource"),
    resources: fc.oneof(fc.constant(["*"]), someOf(RESOURCE_PATTERNS)),
    condition: fc.option(conditions, { nil: undefined }),
  })
  .map(({ effect, action, actions, resource, resources, condition }) => ({
    Effect: effect,
    [action]: actions,
    [resource]: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  }));

const POLICIES = ["P0", "P1", "P2", "P3"];
const attached = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Attached>(...POLICIES) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Attached>(...POLICIES.map((policy) => ({ policy, resourceGroup: "rg-1" }))),
    },
  ),
  { maxLength: 3 },
);

/** Two accounts with users, roles, groups; policies with every element and every family of conditions. */
export const randomWorld: fc.Arbitrary<World> = fc.record({
  policies: fc
    .tuple(
      ...POLICIES.map(() =>
        fc.oneof(
          { weight: 12, arbitrary: fc.array(statement, { maxLength: 3 }) },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
      ),
    )
    .map((documents) => Object.fromEntries(POLICIES.map((name, i) => [name, documents[i] ?? null]))),
  users: fc.record({ alice: attached, bob: attached, "222/eve": attached }),
  roles: fc.record({ ops: attached, "222/ops": attached }),
  groups: fc.record({
    g1: fc.record({ members: fc.subarray(["alice", "bob"]), policies: attached }),
    g2: fc.record({ members: fc.subarray(["bob"]), policies: attached }),
  }),
});

/** Some keys given, some stated to be absent, some left open. */
export const randomContext = fc.record({
  closed: fc.boolean(),
  context: fc
    .subarray(Object.keys(DOMAINS))
    .chain((keys) =>
      fc
        .tuple(
          ...keys.map((key) => fc.oneof(fc.constant(null), fc.subarray([...(DOMAINS[key] ?? [])], { maxLength: 2 }))),
        )
        .map(
          (held): Record<string, readonly string[] | null> =>
            Object.fromEntries(keys.map((key, i) => [key, held[i] ?? null])),
        ),
    ),
});

export const ARNS = [
  "acs:oss:r1:111:a",
  "acs:oss:r1:111:a/b",
  "acs:oss::*:b",
  "acs:ecs:r1:111:a/a",
  "acs:ecs:r2:222:b",
  "acs:ram::111:A/B",
  "acs:ram:*:*:ab",
];
const SETS = [
  "*",
  "acs:oss:*:*:*",
  "acs:ecs:r1:*:a*",
  "acs:ram:*:111:*",
  "acs:*:*:222:*",
  "acs:oss:r1:111:a",
  "acs:*:*:*:?",
];

/** An ARN, several, no resource, or some or every one of a set. */
export const randomResource = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ARNS) },
  { weight: 1, arbitrary: fc.constant("unscoped") },
  { weight: 1, arbitrary: fc.subarray(ARNS, { minLength: 1, maxLength: 3 }).map((arns) => ({ arns })) },
  { weight: 2, arbitrary: fc.constantFrom(...SETS).map((pattern) => ({ anyOf: { pattern } })) },
  { weight: 2, arbitrary: fc.constantFrom(...SETS).map((pattern) => ({ allOf: { pattern } })) },
);
