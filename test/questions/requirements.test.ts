import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { readRequestArn } from "../../src/policy/arn.js";
import { can } from "../../src/questions/can/can.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import { minimalPolicy, type PolicyText } from "../../src/questions/requirements/minimal-policy.js";
import { takesResource } from "../../src/questions/requirements/needed-resources.js";
import { requirements } from "../../src/questions/requirements/requirements.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, principalOf, type WorldOperation } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

const BOX = "acs:box:{#regionId}:{#accountId}:box/{#BoxId}";
const LID = "acs:box:{#regionId}:{#accountId}:lid/{#LidId}";
const INK = "acs:ink:*:{#accountId}:ink/{#InkId}";
const EVERY_TYPE = ["acs:box:r:111:box/b-1", "acs:box:r:111:lid/l-1", "acs:ink:r:111:ink/i-1"];
const ACTIONS = ["box:ListBox", "box:ListLid", "box:ListAll", "box:OpenBox", "ink:Read", "ink:Mix", "wax:Melt"];

const operation: fc.Arbitrary<WorldOperation> = fc.record({
  name: fc.constantFrom("box:Open", "box:Close", "ink:Mix", "ink:Dry"),
  action: fc.constantFrom(...ACTIONS.filter((name) => !name.startsWith("wax"))),
  needs: fc.array(fc.constantFrom(...ACTIONS), { maxLength: 2 }),
  resource: fc.uniqueArray(fc.constantFrom(BOX, LID, INK, "*"), { maxLength: 2 }),
  optionalResource: fc.uniqueArray(fc.constantFrom(BOX, INK), { maxLength: 1 }),
});
const catalog = fc.array(operation, { minLength: 1, maxLength: 6 });

/** A world of these operations in which `alice` has one policy and nothing else. */
function worldOf(operations: readonly WorldOperation[], held?: PolicyText): Snapshot {
  const policies = held === undefined ? {} : { P: JSON.stringify(held) };
  return buildWorld({ policies, users: { alice: Object.keys(policies) }, operations }, ACTIONS);
}

/** May alice call the operation on those of the resources that it takes? */
function mayCall(snapshot: Snapshot, name: string, resources: readonly string[]): boolean {
  const needs = valueIn(requirements(snapshot, [name])).flatMap((item) => item.needs);
  const taken = resources.filter((text) => {
    const resource = readRequestArn(text);
    return resource !== undefined && needs.some((need) => takesResource(need, resource));
  });
  const asked = taken.length === 0 ? "unscoped" : { arns: taken };
  const question = valueIn(questionOf(snapshot, { action: { operation: name }, resource: asked, whoCan: {} }));
  return valueIn(can(snapshot, principalOf(snapshot, "alice"), question, "")).verdict === "ALLOWED";
}

function usable(snapshot: Snapshot, names: readonly string[]): readonly string[] {
  const needs = valueIn(requirements(snapshot, names)).flatMap((item) => item.needs);
  return EVERY_TYPE.filter((text) => {
    const resource = readRequestArn(text);
    return resource !== undefined && needs.some((need) => takesResource(need, resource));
  });
}

/** The policy with one action or resource of one statement left out, for each of them. */
function narrower(policy: PolicyText): readonly PolicyText[] {
  return policy.Statement.flatMap((statement, index) =>
    (["Action", "Resource"] as const).flatMap((element) =>
      statement[element].map((text) => {
        const rest = statement[element].filter((each) => each !== text);
        const others = policy.Statement.filter((_, at) => at !== index);
        return { ...policy, Statement: rest.length === 0 ? others : [...others, { ...statement, [element]: rest }] };
      }),
    ),
  );
}

describe("the narrowest policy for some operations", () => {
  test("allows them, nothing in it can be left out, and it allows nothing else", () => {
    fc.assert(
      fc.property(catalog, (operations) => {
        const names = [...new Set(operations.map(({ name }) => name))];
        const bare = worldOf(operations);
        const items = valueIn(requirements(bare, names));
        const resources = usable(bare, names);
        const policy = valueIn(minimalPolicy(bare, items, resources));
        const all = (held: PolicyText) => {
          const snapshot = worldOf(operations, held);
          return names.every((name) => mayCall(snapshot, name, resources));
        };
        expect(all(policy)).toBe(true);
        for (const less of narrower(policy)) expect({ less, all: all(less) }).toEqual({ less, all: false });
        const snapshot = worldOf(operations, policy);
        const { rows } = valueIn(finish(permissions(snapshot, principalOf(snapshot, "alice"), {})));
        const needed = items.map(({ action }) => action.name);
        expect(rows.map(({ action }) => action.name).filter((name) => !needed.includes(name))).toEqual([]);
      }),
      runs(150),
    );
  });

  test("without resources allows them on any resource of their types", () => {
    fc.assert(
      fc.property(catalog, (operations) => {
        const names = [...new Set(operations.map(({ name }) => name))];
        const bare = worldOf(operations);
        const policy = valueIn(minimalPolicy(bare, valueIn(requirements(bare, names))));
        const snapshot = worldOf(operations, policy);
        for (const name of names) expect(mayCall(snapshot, name, usable(bare, [name]))).toBe(true);
      }),
      runs(100),
    );
  });

  test.each<[string, readonly WorldOperation[], readonly string[], readonly string[] | undefined, unknown]>([
    [
      "a dependent action keeps to its own type",
      [
        { name: "box:Open", action: "box:OpenBox", resource: "*", needs: ["ink:Read"] },
        { name: "ink:Read", action: "ink:Read", resource: INK },
      ],
      ["Open"],
      undefined,
      [
        [["box:OpenBox"], ["*"]],
        [["ink:Read"], ["acs:ink:*:*:ink/*"]],
      ],
    ],
    [
      "a type that the call names and nobody gave stays open",
      [{ name: "box:Open", action: "box:OpenBox", resource: [BOX, LID] }],
      ["Open"],
      ["acs:box:r:111:box/b-1"],
      [[["box:OpenBox"], ["acs:box:r:111:box/b-1", "acs:box:*:*:lid/*"]]],
    ],
    [
      "an optional type is granted where it is given",
      [{ name: "box:Open", action: "box:OpenBox", resource: BOX, optionalResource: LID }],
      ["Open"],
      ["acs:box:r:111:box/b-1"],
      [[["box:OpenBox"], ["acs:box:r:111:box/b-1"]]],
    ],
    [
      "a resource within another one is not repeated",
      [{ name: "box:Open", action: "box:OpenBox", resource: BOX }],
      ["Open"],
      ["acs:box:*:111:box/*", "acs:box:r:111:box/b-1"],
      [[["box:OpenBox"], ["acs:box:*:111:box/*"]]],
    ],
    [
      "names become a wildcard where it matches nothing else",
      ["box:ListBox", "box:ListLid", "box:ListAll"].map((action) => ({ name: "box:Close", action, resource: BOX })),
      ["Close"],
      undefined,
      [[["box:List*"], ["acs:box:*:*:box/*"]]],
    ],
    [
      "and stay names where it would match more",
      ["box:ListBox", "box:ListLid"].map((action) => ({ name: "box:Close", action, resource: BOX })),
      ["Close"],
      undefined,
      [[["box:ListBox", "box:ListLid"], ["acs:box:*:*:box/*"]]],
    ],
    [
      "an action of which nothing is known needs everything",
      [{ name: "box:Open", action: "box:OpenBox", resource: BOX, needs: ["wax:Melt"] }],
      ["Open"],
      undefined,
      [
        [["box:OpenBox"], ["acs:box:*:*:box/*"]],
        [["wax:Melt"], ["*"]],
      ],
    ],
  ])("%s", (_law, operations, names, resources, expected) => {
    const snapshot = worldOf(operations);
    const policy = valueIn(minimalPolicy(snapshot, valueIn(requirements(snapshot, names)), resources));
    expect(policy.Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual(expected);
  });
});

describe("what operations need", () => {
  const CHAIN: readonly WorldOperation[] = [
    { name: "box:Open", action: "box:OpenBox", resource: BOX, needs: ["ink:Mix"] },
    { name: "box:Close", action: "box:OpenBox", resource: LID, needs: ["ink:Read"] },
    { name: "ink:Mix", action: "ink:Mix", resource: INK, needs: ["ink:Read", "box:OpenBox"] },
    { name: "ink:Read", action: "ink:Read", resource: INK },
    { name: "wax:Open", action: "wax:Melt", resource: "*" },
  ];

  test("is found to the end, cycles cut, each with what it takes and who asked for it", () => {
    const items = valueIn(requirements(worldOf(CHAIN), ["box:Open"]));
    expect(
      items.map(({ action, resources, isDirect, via }) => ({
        name: action.name,
        on: resources.map(({ arnTemplate }) => arnTemplate),
        isDirect,
        via: via.map(({ name }) => name),
      })),
    ).toEqual([
      { name: "box:OpenBox", on: [BOX], isDirect: true, via: [] },
      { name: "ink:Mix", on: [INK], isDirect: false, via: ["box:OpenBox"] },
      { name: "ink:Read", on: [INK], isDirect: false, via: ["box:OpenBox", "ink:Mix"] },
    ]);
  });

  test("of several operations is joined, direct ones first", () => {
    const items = valueIn(requirements(worldOf(CHAIN), ["Mix", "Close"]));
    expect(items.map(({ action, isDirect }) => `${action.name} ${isDirect}`)).toEqual([
      "ink:Mix true",
      "box:OpenBox true",
      "ink:Read false",
    ]);
  });

  test.each([
    [["Open"], "operations[0]: several services have an operation `Open`; choose one of `box:Open`, `wax:Open`"],
    [["Mix", "Mixx"], "operations[1]: the catalog knows no operation `Mixx`; did you mean `Mix`?"],
    [["box:OpenBox"], "operations[0]: `box:OpenBox` is an action and no operation; it guards `box:Open`, `box:Close`"],
    [["toString"], "operations[0]: the catalog knows no operation `toString`"],
    [[], "operations: give at least one API operation such as `mq:ListGroupId`"],
    [Array.from({ length: 101 }, () => "Mix"), "operations: at most 100 operations fit in one question"],
    [["x".repeat(5000)], "operations[0]: longer than 2048 characters"],
  ])("refuses %j", (names, message) => {
    expect(() => valueIn(requirements(worldOf(CHAIN), names))).toThrow(message);
  });

  test.each([
    [["acs:ecs:r:111:instance/i"], "resources[0]: `acs:ecs:r:111:instance/i` is of no type that these operations take"],
    [["nonsense"], "resources[0]: `nonsense` is not an ARN"],
    [Array.from({ length: 100 }, (_, at) => `acs:box:r:111:box/${at}${"é".repeat(40)}`), "resources: the policy has"],
  ])("refuses a policy on %j", (resources, message) => {
    const snapshot = worldOf(CHAIN);
    expect(() => valueIn(minimalPolicy(snapshot, valueIn(requirements(snapshot, ["box:Open"])), resources))).toThrow(
      message,
    );
  });
});
