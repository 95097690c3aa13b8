import { describe, expect, test } from "@jest/globals";
import { type CompiledEarly, compileInSteps, compilePoliciesInSteps } from "../../src/grants/compile-snapshot.js";
import { columnsOf, type Facts } from "../../src/inventory/attachment-columns.js";
import { policyKey, userKey } from "../../src/inventory/keys.js";
import type { Policy } from "../../src/inventory/policy.js";
import { EMPTY } from "../inventory/small-inventory.js";

const documentText = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}';

/** A world of so many users and policies, each user with ten of these. */
function worldOf(users: number, policies: number) {
  return columnsOf({
    ...EMPTY,
    users: Array.from({ length: users }, (_, index) => ({ accountId: "1", name: `u${index}` })),
    policies: Array.from(
      { length: policies },
      (_, index): Policy => ({
        type: "CUSTOM",
        accountId: "1",
        name: `p${index}`,
        isHighRisk: false,
        versions: [{ versionId: "v1", isDefault: true, documentText }],
      }),
    ),
    attachments: Array.from({ length: users * 10 }, (_, row) => ({
      policy: policyKey("CUSTOM", "1", `p${row % policies}`),
      principal: userKey("1", `u${row % users}`),
    })),
  });
}

function turnsOf(users: number, policies: number): number {
  const steps = compileInSteps(worldOf(users, policies));
  let turns = 0;
  while (!steps.next().done) turns++;
  return turns;
}

test("compiling lets others in the more often the larger the world is", () => {
  const [once, tenfold] = [turnsOf(2_000, 200), turnsOf(20_000, 2_000)];
  // A turn for every twenty policies, and for every few thousand of whatever else there is.
  expect(tenfold).toBeGreaterThan(2_000 / 20 + 20_000 / 2_000);
  expect(tenfold).toBeGreaterThan(once * 5);
});

function finish<T>(steps: Generator<undefined, T, undefined>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe("policies that were compiled early", () => {
  const facts = worldOf(1, 3);
  const early = finish(compilePoliciesInSteps(facts.policies));
  const found = (given: Facts, by?: CompiledEarly) =>
    ["ecs:StopInstance", "oss:PutObject"].map((action) => [
      ...finish(compileInSteps(given, by)).actionIndex.candidates(action.toLowerCase()),
    ]);

  test("are taken with their index as they are", () => {
    expect(finish(compileInSteps(facts, early)).actionIndex).toBe(early.actionIndex);
    expect(found(facts, early)).toEqual(found(facts));
  });

  const other = documentText.replace("ecs", "oss");
  test.each<[string, (policies: readonly Policy[]) => readonly Policy[]]>([
    ["says something else", (policies) => policies.map((one, at) => (at === 1 ? saying(one, other) : one))],
    ["was not there", (policies) => [...policies, ...policies.slice(0, 1).map((one) => ({ ...one, name: "new" }))]],
    ["is gone", (policies) => policies.slice(0, -1)],
  ])("are indexed anew where one %s by now", (_, change) => {
    const changed = columnsOf({ ...EMPTY, policies: change(facts.policies) });
    expect(found(changed, early)).toEqual(found(changed));
    expect(found(changed)).not.toEqual(found(facts));
  });
});

const saying = (policy: Policy, text: string): Policy => ({
  ...policy,
  versions: [{ versionId: "v1", isDefault: true, documentText: text }],
});
