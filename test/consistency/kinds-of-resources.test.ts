import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { finish } from "../../src/grants/steps.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import type { WhoCanScope } from "../../src/questions/who-can/principal-access.js";
import { decideEach, type WhoCanAnswer, whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { type Attached, buildWorld, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";

const pattern = fc.constantFrom(
  "*",
  "acs:ecs:*:*:a/*",
  "acs:ecs:*:*:a*",
  "acs:ecs:*:*:*",
  "acs:ecs:r1:111:a/b",
  "acs:ecs:*:*:a/b*",
  "acs:ecs:*:*:a/?",
  "acs:ecs:*:*:*/b",
  "acs:ecs:r1:*:a/*",
  "acs:ecs:*:222:a/*",
  "acs:ecs:*:111:a/*",
  "acs:e*:*:*:a/*",
  "acs:ecs:*:*:a/b/*",
  "acs:ecs:*:111",
  "*a/b",
  "acs:oss:*:*:a/*",
);
const tested = fc.option(
  fc.record({
    operator: fc.constantFrom("StringEquals", "StringNotEquals", "StringLike"),
    key: fc.constantFrom("c:s", "c:t", "Resource", "Resource", "acs:PrincipalArn"),
    value: fc.constantFrom("a", "*a/b", "*user/u1*"),
  }),
  { freq: 2, nil: undefined },
);
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny", "Odd"),
    action: fc.constantFrom<object>(
      { Action: "ecs:Stop" },
      { Action: "*" },
      { Action: "ecs:*" },
      { Action: ["ecs:*", "oss:Get"] },
      { Action: ["ecs:St*", "ecs:Run"] },
      { NotAction: "oss:Get" },
      { NotAction: "ecs:Stop" },
    ),
    isNegated: fc.nat(5),
    resources: fc.array(pattern, { minLength: 1, maxLength: 2 }),
    tested,
  })
  .map(({ action, isNegated, resources, tested: test, ...rest }) => ({
    ...rest,
    ...action,
    [isNegated === 0 ? "NotResource" : "Resource"]: resources,
    ...(test === undefined ? {} : { Condition: { [test.operator]: { [test.key]: [test.value] } } }),
  }));
const policy = fc.array(statement, { minLength: 1, maxLength: 2 });
const held = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Attached>("P", "Q", "R") },
    { weight: 1, arbitrary: fc.constantFrom<Attached>({ policy: "P", resourceGroup: "rg-1" }) },
  ),
  { maxLength: 2 },
);

/** More people than one word of a set has, nearly all of whom nothing is said. */
const crowded: fc.Arbitrary<World> = fc
  .record({ P: policy, Q: policy, R: policy, people: fc.array(held, { minLength: 4, maxLength: 8 }) })
  .map(({ P, Q, R, people }) => {
    const carriers = people.map((each, at): readonly [string, readonly Attached[]] => [`u${at * 19}`, each]);
    const others = Array.from({ length: 80 }, (_, at): readonly [string, readonly Attached[]] => [`v${at}`, []]);
    const strangers = people
      .slice(0, 2)
      .map((each, at): readonly [string, readonly Attached[]] => [`222/w${at}`, each]);
    return { policies: { P, Q, R }, users: Object.fromEntries([...carriers, ...others, ...strangers]) };
  });

const resource = fc.constantFrom(
  "acs:ecs:r1:111:a/b",
  "acs:ecs:r1:111:a/c",
  "acs:ecs:r1:111:a/b/c",
  "acs:ecs:r1:*:a/b",
  "acs:ecs:r1:222:a/b",
  "acs:ecs:r1:111:a",
  "unscoped",
);
const circumstances = fc.constantFrom(
  {},
  {},
  {},
  { context: { "c:s": ["a"] } },
  { context: { "c:t": null } },
  { context: { "acs:ResourceGroupId": ["rg-1"] } },
  { closed: true },
);
const scope = fc.constantFrom<WhoCanScope>(
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" },
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" },
  { verdicts: ALL_VERDICTS, reach: "DIRECT" },
  { verdicts: new Set(["ALLOWED"]), reach: "DIRECT", accountIds: new Set(["111"]) },
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT", order: { field: "VERDICT", isDescending: true } },
);
const asked = fc.record({
  action: fc.constantFrom("ecs:Stop", "ecs:Stop", "ecs:Start", "ecs:Run"),
  resource,
  circumstances,
  scope,
});

const shown = ({ rows }: WhoCanAnswer) => ({
  count: rows.length,
  page: rows.slice(1, 3).map(({ decision }) => decision.asker?.principal?.arn),
  rows: [...rows].map(({ decision }) => [decision.asker?.principal?.arn, decision.verdict]),
});

test("skimming-changes-nothing: what is kept for a service, an action and a kind of resources holds for the next of them, and no answer changes another", () => {
  let rows = 0;
  fc.assert(
    fc.property(crowded, fc.array(asked, { minLength: 6, maxLength: 9 }), (world, questions) => {
      const snapshot = buildWorld(world, ["ecs:Stop", "ecs:Start", "ecs:Run"]);
      const taken = questions.map(({ action, resource: about, circumstances: given, scope: within }) => {
        const question = valueIn(questionOf(snapshot, { action, resource: about, ...given, whoCan: {} }));
        return { question, within, plain: finish(decideEach(snapshot, question, within)) };
      });
      const answers = [...taken, ...taken, ...taken].map(({ question, within, plain }) => {
        return { fast: finish(whoCan(snapshot, question, within)), plain };
      });
      for (const { fast, plain } of answers) {
        if ("refusal" in plain || "refusal" in fast) expect(fast).toEqual(plain);
        else {
          rows += plain.value.rows.length;
          expect(shown(fast.value)).toEqual(shown(plain.value));
        }
      }
    }),
    runs(120),
  );
  expect(rows).toBeGreaterThan(1_000);
});
