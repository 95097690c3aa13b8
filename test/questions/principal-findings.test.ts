import { describe, expect, test } from "@jest/globals";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { findingsOfPrincipal } from "../../src/questions/lint/findings-of-principal.js";
import { PRINCIPAL_RULES } from "../../src/questions/lint/principal-rules.js";
import { buildWorld, principalOf, type World, worldPolicyKey } from "../worlds/build-world.js";

const READ = [{ Effect: "Allow", Action: "oss:GetObject", Resource: "*" }];
const trusting = (...names: readonly string[]) => [
  { Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: names.map((name) => `acs:ram::111:${name}`) } },
];
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);

/** A world in which the policies of such a name are of high risk. */
function worldOf(world: World): Snapshot {
  const snapshot = buildWorld(world, []);
  const rated = [...snapshot.policies].map(([key, compiled]) => {
    const policy = { ...compiled.policy, isHighRisk: compiled.policy.name.startsWith("risky") };
    return [key, { ...compiled, policy }] as const;
  });
  return { ...snapshot, policies: new Map(rated) };
}

function found(world: World, name: string) {
  const snapshot = worldOf(world);
  return finish(findingsOfPrincipal(snapshot, principalOf(snapshot, name))).map(({ finding, subject }) => [
    finding.code,
    subject,
  ]);
}

describe("findings of a user or role", () => {
  test.each<[code: string, world: World, name: string, subject: string | undefined]>([
    ["HIGH_RISK_POLICY_ATTACHED", { policies: { risky: READ }, users: { u: ["risky"] } }, "u", worldPolicyKey("risky")],
    [
      "HIGH_RISK_POLICY_ATTACHED",
      { policies: { risky: READ }, users: { u: [] }, groups: { g: { members: ["u"], policies: ["risky"] } } },
      "u",
      worldPolicyKey("risky"),
    ],
    ["HIGH_RISK_POLICY_ATTACHED", { policies: { mild: READ }, users: { u: ["mild"] } }, "u", undefined],
    [
      "DANGLING_TRUST",
      { policies: {}, users: { u: [] }, roles: { r: [] }, trusts: { r: trusting("user/gone") } },
      "r",
      "role:111:r",
    ],
    [
      "DANGLING_TRUST",
      { policies: {}, roles: { r: [] }, trusts: { r: trusting("role/gone", "root") } },
      "r",
      "role:111:r",
    ],
    [
      "DANGLING_TRUST",
      { policies: {}, users: { U: [] }, roles: { r: [] }, trusts: { r: trusting("user/u", "role/R") } },
      "r",
      undefined,
    ],
    // No user of the account was imported, so nobody knows who is missing.
    ["DANGLING_TRUST", { policies: {}, roles: { r: [] }, trusts: { r: trusting("user/gone") } }, "r", undefined],
    ["POLICY_NOT_KNOWN", { policies: { p: null }, users: { u: ["p"] } }, "u", worldPolicyKey("p")],
    ["POLICY_NOT_KNOWN", { policies: { p: READ }, users: { u: ["p"] } }, "u", undefined],
    [
      "TOO_MANY_POLICIES",
      { policies: Object.fromEntries(numbered(21).map((name) => [name, READ])), users: { u: numbered(21) } },
      "u",
      "user:111:u",
    ],
    [
      "TOO_MANY_POLICIES",
      { policies: Object.fromEntries(numbered(20).map((name) => [name, READ])), users: { u: numbered(20) } },
      "u",
      undefined,
    ],
  ])("%s in %j for %s: %s", (code, world, name, subject) => {
    const own = found(world, name).filter(([each]) => each === code);
    expect(own).toEqual(subject === undefined ? [] : [[code, subject]]);
  });

  test("have a case for every rule", () => {
    expect(PRINCIPAL_RULES.map(({ code }) => code).toSorted()).toEqual([
      "DANGLING_TRUST",
      "HIGH_RISK_POLICY_ATTACHED",
      "POLICY_NOT_KNOWN",
      "TOO_MANY_POLICIES",
    ]);
  });

  test("are those of its documents as well, each with the document that it is about", () => {
    const everything = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    const world: World = {
      policies: { all: everything },
      roles: { r: ["all", { policy: "all", resourceGroup: "rg-1" }] },
      trusts: { r: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: "*" } }] },
    };
    expect(found(world, "r")).toEqual([
      ["OPEN_TO_ANYONE", "role:111:r"],
      ["ALLOWS_EVERYTHING", worldPolicyKey("all")],
    ]);
  });

  test("say by which group and in which resource group a policy reaches it", () => {
    const snapshot = worldOf({
      policies: { risky: READ },
      users: { u: [] },
      groups: { Ops: { members: ["u"], policies: [{ policy: "risky", resourceGroup: "rg-1" }] } },
    });
    const [first] = finish(findingsOfPrincipal(snapshot, principalOf(snapshot, "u")));
    expect(first?.finding.message).toBe(
      "`risky` is attached by group `Ops` within resource group `rg-1`, which the cloud warns against",
    );
  });
});
