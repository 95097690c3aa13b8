import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { indexActions, updateActionIndex } from "../../src/grants/action-index.js";
import { planOf } from "../../src/grants/action-plan.js";
import { membersOf } from "../../src/grants/bits.js";
import { type CompiledPolicy, compilePolicy } from "../../src/grants/compiled-policy.js";
import { OpenStatements } from "../../src/grants/open-statements.js";
import { unitOf } from "../../src/grants/policy-units.js";
import { keysOfStatement } from "../../src/grants/resource-keys.js";
import { finish } from "../../src/grants/steps.js";
import { requestResource, splitArn, UNSCOPED } from "../../src/policy/arn.js";
import { settledEffect } from "../../src/policy/prepared/effects.js";
import { mayCover, mayReach, type PreparedStatement } from "../../src/policy/prepared/prepared-statement.js";
import { textBit } from "../../src/policy/prepared/text-bit.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

// Some of one service, so that what is kept for it counts.
const ACTIONS = ["ecs:stop", "ecs:start", "oss:get", "e:s"];
const pattern = fc.constantFrom(
  ...ACTIONS,
  "ecs:*",
  "ecs:St*",
  "ecs:st?p",
  "ECS:STOP",
  "*",
  "e*:stop",
  "oss:G*",
  "e:*",
);
const id = fc.constantFrom("a/b", "a/B", "a/*", "a/b*", "a*", "*", "b", "b/*", "a/b/c", "/", "/*", "a/?", "", "x:=b");
const service = fc.constantFrom("ecs", "ecs", "ram", "*", "e*", "oss");
const arn = fc
  .tuple(service, fc.constantFrom("111", "*", "222"), id)
  .map(([code, account, rest]) => `acs:${code}:r1:${account}:${rest}`);
const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 4 });

const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Deny", "Odd"),
    isActionNegated: fc.boolean(),
    isResourceNegated: fc.nat(3),
    actions: fc.oneof({ weight: 9, arbitrary: list(pattern) }, { weight: 1, arbitrary: fc.constant(7) }),
    resources: list(
      fc.oneof({ weight: 5, arbitrary: arn }, { weight: 1, arbitrary: fc.constantFrom("*", "acs:ecs:*", "odd*") }),
    ),
  })
  .map(({ Effect, isActionNegated, isResourceNegated, actions, resources }) => ({
    Effect,
    [isActionNegated ? "NotAction" : "Action"]: actions,
    [isResourceNegated === 0 ? "NotResource" : "Resource"]: resources,
  }));
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
const documents = fc.array(statements, { maxLength: 5 });

const policyOf = (name: string, Statement: readonly object[]): CompiledPolicy => {
  const documentText = JSON.stringify({ Version: "1", Statement });
  return compilePolicy({
    type: "CUSTOM",
    accountId: "111",
    name,
    isHighRisk: false,
    versions: [{ versionId: "v1", isDefault: true, documentText }],
  });
};

const named = (policy: CompiledPolicy, place: number) => `${policy.key} ${place}`;

/** All statements that may cover an action, found by looking at each. */
const covering = (policies: Iterable<CompiledPolicy>, action: string) =>
  [...policies].flatMap((policy) =>
    unitOf(policy).statements.flatMap((each, place) =>
      mayCover(each, action, textBit(action)) ? [named(policy, place)] : [],
    ),
  );

test("index-misses-none: every statement that covers an action is a candidate, once, after changes as well", () => {
  fc.assert(
    fc.property(documents, documents, fc.nat(5), (before, after, gone) => {
      const policies = new Map<string, CompiledPolicy>();
      const put = (name: string, document: readonly object[]) => {
        const policy = policyOf(name, document);
        policies.set(policy.key, policy);
        return policy.key;
      };
      for (const [at, document] of before.entries()) put(`P${at}`, document);
      const built = indexActions(policies.values());
      const changed = after.map((document, at) => put(`P${at * 2}`, document));
      const missing = policyOf(`P${gone}`, []).key;
      policies.delete(missing);
      for (const index of [
        updateActionIndex(built, policies, [...changed, missing]),
        indexActions(policies.values()),
      ]) {
        for (const action of ACTIONS) {
          const found = index.statementsAbout(action).map(({ policy, place }) => named(policy, place));
          expect(new Set(found).size).toBe(found.length);
          expect(found).toEqual(expect.arrayContaining(covering(policies.values(), action)));
        }
      }
    }),
    runs(100),
  );
});

test("plans-miss-none: a plan has what covers its action and nothing else, whatever was asked about its service before", () => {
  let speaking = 0;
  fc.assert(
    fc.property(documents, (all) => {
      const policies = Object.fromEntries(all.map((document, at) => [`P${at}`, document]));
      const snapshot = buildWorld({ policies, users: { ada: Object.keys(policies) } }, ["ecs:Stop"]);
      for (const action of ACTIONS) {
        const plan = finish(finish(planOf(snapshot, action)).whole(snapshot));
        const covers = (each: PreparedStatement) => mayCover(each, action, textBit(action));
        const units = [...snapshot.policies.values()].map(unitOf);
        const about = units.filter(({ statements: each }) => each.some(covers));
        const settled = (each: PreparedStatement) => each.coversAnyResource && settledEffect(each) !== 0;
        const open = units.flatMap(({ statements: each }) => each.filter((one) => covers(one) && !settled(one)));
        const reached = units.flatMap(({ statements: each }) => each.filter((one) => covers(one) && settled(one)));
        expect(membersOf([plan.speaking]).map((each) => snapshot.reach.policyKey(each))).toEqual(
          about.map(({ compiled }) => compiled.key).toSorted(),
        );
        expect(new Set(plan.open.part(() => true).held.map(({ statement: each }) => each))).toEqual(new Set(open));
        expect(membersOf([plan.allowing.wide, plan.denying.wide])).toEqual(reached.length === 0 ? [] : [0]);
        speaking += about.length;
      }
    }),
    runs(100),
  );
  expect(speaking).toBeGreaterThan(100);
});

test("resources-miss-none: every statement that may reach a resource is found by it, once", () => {
  fc.assert(
    fc.property(statements, fc.oneof(arn, fc.constant("*")), (document, text) => {
      const open = new OpenStatements();
      const prepared = unitOf(policyOf("P", document)).statements;
      for (const statement of prepared) {
        open.add({
          statement,
          policy: 0,
          settled: 0,
          whenOpen: undefined,
          exceptions: -1,
          keys: keysOfStatement(statement),
        });
      }
      const segments = splitArn(text);
      const resource = segments === undefined ? UNSCOPED : requestResource(text, segments);
      const found = open.about(resource).map((each) => each.statement);
      expect(new Set(found).size).toBe(found.length);
      expect(found).toEqual(expect.arrayContaining(prepared.filter((each) => mayReach(each, resource))));
    }),
    runs(800),
  );
});
