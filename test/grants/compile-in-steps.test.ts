import { expect, test } from "@jest/globals";
import { compileInSteps } from "../../src/grants/compile-snapshot.js";
import { columnsOf } from "../../src/inventory/attachment-columns.js";
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
