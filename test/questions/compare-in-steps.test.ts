import { describe, expect, test } from "@jest/globals";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import { pairsToCompare } from "../../src/questions/compare/pairs-to-compare.js";
import { inOrder } from "../grants/random-change.js";
import { inventoryOf } from "../worlds/build-world.js";
import { CountedMap } from "../worlds/counted-map.js";

const MANY = 3_000;
const allow = (action: string) => [{ Effect: "Allow", Action: action, Resource: "*" }];
const listOf = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name}-${at}`);

/** Everybody carries one policy, and some have another by a group. */
function companyOf(policy: string): Inventory {
  const [users, roles] = [listOf(MANY, "user"), listOf(MANY, "role")];
  const carried = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ["All"]]));
  return inOrder(
    inventoryOf(
      {
        policies: { All: allow(policy), Other: allow("oss:*") },
        users: carried(users),
        roles: carried(roles),
        groups: { some: { members: users.slice(0, 500), policies: ["Other"] } },
      },
      ["ecs:Stop", "ecs:Start"],
    ),
  );
}

function counted(snapshot: Snapshot, count: (rows: number) => void): Snapshot {
  const { users, roles, principalByKey, attachmentsOfPolicy, attachmentsOfPrincipal, usersOfGroup } = snapshot;
  return {
    ...snapshot,
    users: new CountedMap(users, count),
    roles: new CountedMap(roles, count),
    principalByKey: new CountedMap(principalByKey, count),
    attachmentsOfPolicy: new CountedMap(attachmentsOfPolicy, count),
    attachmentsOfPrincipal: new CountedMap(attachmentsOfPrincipal, count),
    usersOfGroup: new CountedMap(usersOfGroup, count),
  };
}

const base = companyOf("ecs:Stop");
const without = (part: Partial<Inventory>): Inventory => ({ ...base, revision: "2", ...part });

describe("what two states loaded apart differ in is found in small steps", () => {
  test.each<[string, Inventory, number]>([
    ["nothing", base, 0],
    ["one attachment", without({ attachments: base.attachments.slice(1) }), 1],
    ["who is in a group", without({ memberships: base.memberships.slice(1) }), 500],
    ["a policy that everybody has", companyOf("ecs:*"), MANY * 2],
    [
      "all roles",
      without({ roles: [], attachments: base.attachments.filter(({ principal }) => !principal.startsWith("role")) }),
      MANY,
    ],
    [
      "an attachment within a resource group",
      without({
        attachments: base.attachments.map((row, at) => (at === 7 ? { ...row, resourceGroupId: "rg-1" } : row)),
      }),
      1,
    ],
  ])("%s", (_, other, expected) => {
    let [rows, most] = [0, 0];
    const count = (more: number) => {
      rows += more;
      most = Math.max(most, rows);
    };
    const [before, after] = [counted(compileSnapshot(base), count), counted(compileSnapshot(other), count)];
    const steps = pairsToCompare(before, after);
    let step = steps.next();
    for (; !step.done; step = steps.next()) rows = 0;
    expect(step.value.length).toBe(expected);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(5_000);
  });
});
