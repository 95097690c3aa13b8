import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { askOver } from "./ask.js";
import { BROWSING_INVENTORY, BROWSING_WORLD } from "./browsing-world.js";

const CALL = {
  service: "queue",
  name: "PurgeQueue",
  action: "queue:DropQueue",
  accessLevel: "DELETE",
  resources: [],
  conditionKeys: [],
  dependentActions: [],
} as const;
const WITH_CALL: Inventory = { ...BROWSING_INVENTORY, operations: [...BROWSING_INVENTORY.operations, CALL] };

describe("an account that was never imported", () => {
  test.each([
    ['["333"]', ["333"]],
    ['["999", "111", "333"]', ["111", "333", "999"]],
    ['["catalog"]', []],
    ['["111"]', ["111"]],
    ["[]", []],
  ])("is named as a gap where %s are asked about, so that nobody reads it as nobody", async (accountIds, subjects) => {
    const ask = await askOver(BROWSING_WORLD);
    const { data, errors } = await ask(`{ whoCan(actions: { name: "queue:DropQueue" }, resource: { unscoped: true },
      accountIds: ${accountIds}) { coverage { gaps { reason subject } } } }`);
    expect(errors).toEqual([]);
    const { gaps } = (data as { whoCan: { coverage: { gaps: readonly { subject: string }[] } } }).whoCan.coverage;
    expect(gaps.map(({ subject }) => subject).toSorted()).toEqual(subjects);
  });
});

describe("the name of an API operation in place of an action", () => {
  const warningsFor = async (name: string): Promise<unknown> => {
    const ask = await askOver(compileSnapshot(WITH_CALL));
    const { data } = await ask(
      `query Q($name: String!) { can(request: { principal: "acs:ram::111:user/bob", actions: { name: $name },
        resource: { unscoped: true } }) { warnings { code message } } }`,
      { name },
    );
    return data;
  };

  test("leads to the action that guards it", async () => {
    expect(await warningsFor("QUEUE:purgequeue")).toMatchObject({
      can: {
        warnings: [
          {
            code: "UNKNOWN_ACTION",
            message: expect.stringContaining(
              "the API operation of that name needs `queue:DropQueue`: ask for it by `operation`",
            ),
          },
        ],
      },
    });
  });

  test("says nothing about an operation of another service", async () => {
    expect(await warningsFor("store:PurgeQueue")).toMatchObject({
      can: { warnings: [{ message: expect.not.stringContaining("API operation") }] },
    });
  });
});
