import { describe, expect, test } from "@jest/globals";
import { grantsOf } from "../../src/grants/grants-of.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { quickVerdict } from "../../src/questions/access/quick-verdict.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, type World } from "../worlds/build-world.js";
import type { CaseQuestion } from "../worlds/read-case.js";

const allow = { Effect: "Allow", Action: "ecs:*", Resource: "*" };
const deny = { ...allow, Effect: "Deny" };
const when = (operator: string, key: string, ...values: readonly string[]) => ({
  Condition: { [operator]: { [key]: values } },
});
const many = Array.from({ length: 17 }, (_, i) => ({ ...allow, ...when("StringEquals", `c:${i}`, "a") }));
const question: CaseQuestion = { action: "ecs:Stop", resource: "acs:ecs:r1:111:instance/i-1", whoCan: {} };

const answers = (
  statements: World["policies"][string],
  asked: Partial<CaseQuestion> = {},
  rest: Partial<World> = {},
) => {
  const snapshot = buildWorld({ policies: { P: statements }, users: { u: ["P"] }, ...rest }, ["ecs:Stop", "oss:Get"]);
  const taken = valueIn(questionOf(snapshot, { ...question, ...asked }));
  const [principal] = snapshot.principals;
  if (principal === undefined) throw new Error("nobody is there");
  const { ruling } = decideAccess(snapshot, principal, taken, () => grantsOf(snapshot, principal));
  return { quick: quickVerdict(snapshot, principal, taken), judged: ruling.verdict };
};

describe("a verdict is named without the judge", () => {
  test.each([
    ["what nothing speaks of", [{ ...allow, Action: "rds:*" }], "IMPLICIT_DENY"],
    ["an Allow", [allow], "ALLOWED"],
    ["a Deny that meets an Allow", [allow, deny], "EXPLICIT_DENY"],
    ["an Allow under an open condition", [{ ...allow, ...when("StringEquals", "c:s", "a") }], "CONDITIONAL"],
    ["an Allow unless something holds", [{ ...allow, ...when("StringNotEquals", "c:s", "a") }], "CONDITIONAL"],
    [
      "an Allow against a Deny under an open condition",
      [allow, { ...deny, ...when("Bool", "c:b", "true") }],
      "CONDITIONAL",
    ],
    ["a Deny that comes after something unreadable", [{ ...allow, ...when("Odd", "c:s", "a") }, deny], "EXPLICIT_DENY"],
    ["an Allow beside something unreadable", [{ ...allow, ...when("Odd", "c:s", "a") }, allow], "ALLOWED"],
    [
      "conditions that allow and deny the same",
      [
        { ...allow, ...when("Bool", "c:b", "true") },
        { ...deny, ...when("Bool", "c:b", "true") },
      ],
      "IMPLICIT_DENY",
    ],
    [
      "conditions of which one always holds",
      [
        { ...allow, ...when("StringEquals", "c:s", "a") },
        { ...allow, ...when("StringNotEquals", "c:s", "a") },
      ],
      "ALLOWED",
    ],
    [
      "a Deny that leaves open what an Allow asks for",
      [
        { ...allow, ...when("StringEquals", "c:s", "a") },
        { ...deny, ...when("StringEquals", "c:t", "a") },
      ],
      "CONDITIONAL",
    ],
    ["a statement that cannot be read", [{ ...allow, ...when("Odd", "c:s", "a") }], "UNDETERMINED"],
    ["a Deny that cannot be read", [allow, { ...deny, ...when("Odd", "c:s", "a") }], "UNDETERMINED"],
    [
      "something that cannot be read beside a condition",
      [
        { ...allow, ...when("Odd", "c:s", "a") },
        { ...allow, ...when("StringEquals", "c:s", "a") },
      ],
      "UNDETERMINED",
    ],
    ["a document that is not known", null, "UNDETERMINED"],
    ["a test of all values", [{ ...allow, ...when("ForAllValues:StringEquals", "c:s", "a") }], "CONDITIONAL"],
    ["more tests than can be told apart", many, "UNDETERMINED"],
  ])("%s", (_, statements, verdict) => {
    expect(answers(statements)).toEqual({ quick: verdict, judged: verdict });
  });
});

describe("the judge is left to decide", () => {
  test.each([
    ["a statement about single principals", [{ ...allow, ...when("StringLike", "acs:PrincipalArn", "*u") }], {}],
    [
      "a value that cannot be read",
      [{ ...allow, ...when("IpAddress", "c:i", "10.0.0.0/8") }],
      { context: { "c:i": "banana" } },
    ],
    ["several resources", [allow], { resource: { arns: ["acs:ecs:r1:111:a", "acs:ecs:r1:111:b"] } }],
    ["some resource", [allow], { resource: { anyOf: { pattern: "*" } } }],
    ["several actions", [allow], { action: { allOf: ["ecs:Stop", "ecs:Start"] } }],
    ["layers that are left out", [allow], { ignoreLayers: ["CONTROL_POLICY" as const] }],
    ["who assumes a role", [allow], { action: "sts:AssumeRole", resource: "acs:ram::111:role/r" }],
  ])("%s", (_, statements, asked) => {
    expect(answers(statements, asked).quick).toBeUndefined();
  });

  test("requests that a bucket's own policy may answer", () => {
    const asked = { action: "oss:Get", resource: "acs:oss:r1:111:b/k" };
    const grants = [{ ...allow, Action: "oss:*" }];
    expect(answers(grants, asked).quick).toBe("ALLOWED");
    expect(answers(grants, asked, { buckets: { b: [] } }).quick).toBeUndefined();
  });
});

test.each(["acs:ResourceTag/team", "ecs:tag/team"])(
  "`%s` counts where the resource is known to carry the tag",
  (key) => {
    const statements = [{ ...allow, ...when("StringEquals", key, "a") }];
    const tagged = (team: string) => answers(statements, {}, { tags: { "acs:ecs:r1:111:instance/i-1": { team } } });
    expect([answers(statements), tagged("a"), tagged("b")].map(({ quick }) => quick)).toEqual([
      "CONDITIONAL",
      "ALLOWED",
      "IMPLICIT_DENY",
    ]);
  },
);
