import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { IDLE_DENY } from "../../src/questions/lint/idle-deny.js";
import { findingsOfPolicy } from "../../src/questions/policy/findings-of-policy.js";
import { buildWorld, type World } from "../worlds/build-world.js";

const allow = (Action: string, rest: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...rest });
const deny = (Action: string, Resource = "*") => ({ Effect: "Deny", Action, Resource });

/** Pointers of the Deny statements of policy P that are said to change nothing. */
function idle(world: World): readonly (string | undefined)[] {
  const snapshot = buildWorld(world, []);
  const compiled = [...snapshot.policies.values()].find(({ policy }) => policy.name === "P");
  if (compiled === undefined) throw new Error("the world has no policy P");
  const findings = finish(findingsOfPolicy(snapshot, compiled)).filter(({ code }) => code === IDLE_DENY.code);
  return findings.map(({ pointer }) => pointer);
}

const ofCustom = (statements: readonly object[], rest: Partial<World>): World => ({
  customPolicies: { P: [] },
  ...rest,
  policies: { P: statements, ...rest.policies },
});

describe("a Deny that takes nothing away from anybody", () => {
  test.each<[name: string, world: World, pointers: readonly string[]]>([
    [
      "is reported with its place",
      ofCustom([allow("ecs:*"), deny("rds:*")], { users: { u: ["P"] } }),
      ["/Statement/1"],
    ],
    [
      "not where the same policy allows it",
      ofCustom([allow("ecs:*"), deny("ecs:Delete*")], { users: { u: ["P"] } }),
      [],
    ],
    [
      "not where another policy of one whom it reaches does",
      ofCustom([deny("rds:*")], { policies: { Q: [allow("rds:Describe*")] }, users: { u: ["P"], v: ["P", "Q"] } }),
      [],
    ],
    [
      "also by a group",
      ofCustom([deny("rds:*")], {
        policies: { Q: [allow("rds:Describe*")] },
        users: { u: ["Q"] },
        groups: { g: { members: ["u"], policies: ["P"] } },
      }),
      [],
    ],
    [
      "what only others may do counts for nothing",
      ofCustom([deny("rds:*")], { policies: { Q: [allow("rds:*")] }, users: { u: ["P"], v: ["Q"] } }),
      ["/Statement/0"],
    ],
    ["not of a policy that reaches nobody", ofCustom([deny("rds:*")], { users: { u: [] } }), []],
    ["not on OSS, whose buckets may allow on their own", ofCustom([deny("oss:Put*")], { users: { u: ["P"] } }), []],
    ["not of all services, OSS among them", ofCustom([deny("*:Delete*")], { users: { u: ["P"] } }), []],
    [
      "not where a condition bounds what is allowed",
      ofCustom([deny("rds:*"), allow("rds:*", { Condition: { Bool: { "acs:MFAPresent": "true" } } })], {
        users: { u: ["P"] },
      }),
      [],
    ],
    [
      "not where NotAction allows",
      ofCustom([deny("rds:*"), { Effect: "Allow", NotAction: "ram:*", Resource: "*" }], { users: { u: ["P"] } }),
      [],
    ],
    [
      "not where a statement cannot be read",
      ofCustom([deny("rds:*"), { Effect: "Perhaps", Action: "rds:*", Resource: "*" }], { users: { u: ["P"] } }),
      [],
    ],
    [
      "other resources are told apart",
      ofCustom([deny("ecs:*", "acs:ecs:*:*:instance/i-1"), { ...allow("ecs:*"), Resource: "acs:ecs:*:*:disk/*" }], {
        users: { u: ["P"] },
      }),
      ["/Statement/0"],
    ],
  ])("%s", (_name, world, pointers) => {
    expect(idle(world)).toEqual(pointers);
  });
});
