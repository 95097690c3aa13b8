import { describe, expect, test } from "@jest/globals";
import { finish } from "../../src/grants/steps.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import { administratorDecision } from "../../src/questions/escalation/administrator.js";
import { findEscalations } from "../../src/questions/escalation/escalations.js";
import { footholdOf } from "../../src/questions/escalation/foothold.js";
import { buildWorld, nameOf, principalOf, type World } from "../worlds/build-world.js";
import { ADMIN, alice, allow, deny, OWN_ACCOUNT, trust } from "../worlds/escalation-worlds.js";
import { pathsOf, textOf } from "./escalation-texts.js";

const rowsOf = (world: World) =>
  [...finish(findEscalations(buildWorld(world, []), OPEN_CONTEXT, undefined)).rows].map(({ principal, paths }) => [
    nameOf(principal),
    ...finish(paths()).map(textOf),
  ]);

const allBut = (...NotAction: readonly string[]) => ({ Effect: "Allow", NotAction, Resource: "*" });
const SERVICES = Array.from({ length: 20 }, (_, at) => `s${at}:Name${at}`);
const WITH_MFA = [allow("*", "*", { Condition: { Bool: { "acs:MFAPresent": ["true"] } } })];

describe("who may do everything", () => {
  test.each<[string, readonly object[], string | undefined]>([
    ["but what two statements leave out of one service", [allBut("ecs:*Disk"), allBut("ecs:Delete*")], undefined],
    ["where a third statement allows that", [allBut("ecs:*Disk"), allBut("ecs:Delete*"), allow("ecs:*")], "ALLOWED"],
    [
      "but all that a Deny leaves of many services",
      [allow("*"), { ...deny("*"), Action: undefined, NotAction: SERVICES }],
      undefined,
    ],
    [
      "but one thing of many that two statements leave out",
      [allBut(...SERVICES), allBut("s3:*", ...SERVICES)],
      undefined,
    ],
    ["but buckets of another account, whatever they are called", [allow("*"), deny("*", "acs:oss:*:222:*")], "ALLOWED"],
    [
      "but what a statement may deny that cannot be read",
      [allow("*"), { ...deny("*"), Resource: 7, Condition: { StringLike: { Resource: ["*role/r1"] } } }],
      "UNDETERMINED",
    ],
    [
      "but one action that a condition tells from others",
      [allow("*"), { ...deny("*"), Condition: { StringEquals: { Action: ["ecs:DeleteDisk"] } } }],
      undefined,
    ],
    [
      "but actions that a condition of the only Allow leaves out",
      [{ ...allow("*"), Condition: { StringNotLike: { Action: ["ecs:Delete*"] } } }],
      undefined,
    ],
    ["for a name that no action can have", [allBut(":x")], "ALLOWED"],
    ["for a resource that nothing can have", [allow("*"), deny("*", "acs::*:*:*")], "ALLOWED"],
    ["but one bucket", [allow("*"), deny("*", "acs:oss:*:*:secret")], undefined],
    [
      "but one that is only perhaps denied",
      [allow("*"), { ...deny("*"), Condition: { Bool: { "acs:MFAPresent": ["false"] } } }],
      "CONDITIONAL",
    ],
  ])("%s", (_, statements, verdict) => {
    const snapshot = buildWorld(alice(statements), []);
    const foothold = footholdOf(snapshot, principalOf(snapshot, "alice"));
    expect(finish(administratorDecision(snapshot, foothold))?.verdict).toBe(verdict);
  });
});

describe("somebody who is an administrator under conditions", () => {
  test("is a step of a certain way of others", () => {
    const world: World = {
      policies: {
        ToB: [allow("sts:AssumeRole", "acs:ram:*:111:role/b")],
        B: [...WITH_MFA, allow("sts:AssumeRole", "acs:ram:*:111:role/c")],
        All: ADMIN,
      },
      users: { alice: ["ToB"] },
      roles: { b: ["B"], c: ["All"] },
      trusts: { b: trust(OWN_ACCOUNT), c: trust({ RAM: ["acs:ram::111:role/b"] }) },
    };
    expect(pathsOf(world)).toEqual(["ALLOWED ASSUME_ROLE, ASSUME_ROLE", "CONDITIONAL ASSUME_ROLE"]);
    expect(rowsOf(world)).toContainEqual(["alice", "ALLOWED ASSUME_ROLE, ASSUME_ROLE", "CONDITIONAL ASSUME_ROLE"]);
  });

  test("can lift the conditions for good, and is told of for that", () => {
    const world: World = {
      policies: { Attach: [allow("ram:AttachPolicyToUser")], Mfa: WITH_MFA },
      users: { alice: ["Attach", "Mfa"] },
    };
    expect(pathsOf(world)).toEqual(["ALLOWED ATTACH_POLICY_TO_USER", "CONDITIONAL"]);
    expect(rowsOf(world)).toEqual([["alice", "ALLOWED ATTACH_POLICY_TO_USER"]]);
  });

  test("hide nobody who is one for certain, however many they are", () => {
    const half = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`a${at}`, ["Mfa"]]));
    const world: World = {
      policies: { Keys: [allow("ram:CreateAccessKey")], Mfa: WITH_MFA, All: ADMIN },
      users: { alice: ["Keys"], ...half, zoe: ["All"] },
    };
    expect(rowsOf(world)).toContainEqual(["alice", "ALLOWED CREATE_ACCESS_KEY"]);
  });
});
