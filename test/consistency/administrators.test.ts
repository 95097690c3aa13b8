import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { finish } from "../../src/grants/steps.js";
import { readResourcePattern } from "../../src/policy/arn.js";
import { OPEN_CONTEXT } from "../../src/policy/conditions/context.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { NO_RESOURCE } from "../../src/questions/access/fit-resources.js";
import { administratorDecision } from "../../src/questions/escalation/administrator.js";
import { decideAt, type Foothold, footholdOf } from "../../src/questions/escalation/foothold.js";
import { buildWorld, principalOf } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

const ACCOUNT_LAYERS = new Set(["CONTROL_POLICY", "RESOURCE_POLICY", "ASSUME_ROLE_POLICY"] as const);

/** Names of up to three letters: what patterns and tests of these letters leave out together shows in one of them. */
const LETTERS = ["a", "A", "b", "B", "z"];
const NAMES = ["", ...LETTERS].flatMap((one) =>
  ["", ...LETTERS].flatMap((two) => LETTERS.map((three) => one + two + three)),
);
const ACTIONS = ["ecs", "oss", "ram", "xcs", "any"].flatMap((service) =>
  [...new Set(NAMES)].map((name) => `${service}:${name}`),
);

const name = fc.constantFrom("*", "a*", "*b", "a", "?b", "*a*", "a?*", "z*");
const pattern = fc
  .tuple(fc.constantFrom("ecs", "oss", "*", "?cs", "ram"), name)
  .map(([service, rest]) => (service === "*" && rest === "*" ? "*" : `${service}:${rest}`));
const resource = fc.constantFrom("*", "*", "*", "*", "*", "*", "acs:ecs:*:*:i/*", "acs:*:*:111:*", "acs:oss:*:222:*");
const actionTest = fc
  .tuple(
    fc.constantFrom("StringLike", "StringNotLike", "StringEquals", "StringNotEqualsIgnoreCase"),
    fc.array(fc.constantFrom("*B", "ecs:A*", "ecs:a", "*:*", "oss:aB"), { minLength: 1, maxLength: 2 }),
  )
  .map(([operator, values]) => ({ [operator]: { Action: values } }));
const statement = fc
  .record({
    Effect: fc.constantFrom(..."Allow ".repeat(9).trim().split(" "), "Deny"),
    element: fc.constantFrom("Action", "NotAction", "NotAction"),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    Resource: resource,
    Condition: fc.option(actionTest, { nil: undefined, freq: 3 }),
  })
  .map(({ Effect, element, patterns, Resource, Condition }) => ({
    Effect,
    [element]: patterns,
    Resource,
    ...(Condition && { Condition }),
  }));

const all = readResourcePattern("acs:*:*:111:*").pattern;

function everywhere(action: string): AccessQuestion {
  return {
    actions: { mode: "ALL", parts: [{ name: action }, { name: action, resource: NO_RESOURCE }], text: action },
    resource: { form: "EVERY", patterns: [all], text: "everything" },
    context: OPEN_CONTEXT,
    ignoredLayers: ACCOUNT_LAYERS,
    remarks: [],
  };
}

describe("an administrator", () => {
  test("is who may do each single action to everything, and nobody else", () => {
    const seen = new Map<boolean, number>();
    fc.assert(
      fc.property(fc.array(statement, { minLength: 2, maxLength: 5 }), (statements) => {
        const snapshot = buildWorld({ policies: { P: statements }, users: { alice: ["P"] } }, []);
        const alice: Foothold = footholdOf(snapshot, principalOf(snapshot, "alice"));
        const isOne = ACTIONS.every(
          (action) => finish(decideAt(snapshot, alice, everywhere(action))).verdict === "ALLOWED",
        );
        seen.set(isOne, (seen.get(isOne) ?? 0) + 1);
        expect(finish(administratorDecision(snapshot, alice))?.verdict).toBe(isOne ? "ALLOWED" : undefined);
      }),
      runs(150),
    );
    expect(Math.min(seen.get(true) ?? 0, seen.get(false) ?? 0)).toBeGreaterThan(5);
  });
});
