import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { basesOf } from "../../src/grants/service-base.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import type { Inventory } from "../../src/inventory/inventory.js";
import type { Taken } from "../../src/questions/access/access-question.js";
import type { ResourceInput } from "../../src/questions/access/question-input.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import type { WhoCanScope } from "../../src/questions/who-can/principal-access.js";
import { decideEach, type WhoCanAnswer, whoCan } from "../../src/questions/who-can/who-can.js";
import { differenceOf, inOrder } from "../grants/random-change.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { type Attached, inventoryOf, type World } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";

/** In one of the resource groups. */
const GROUPED = "acs:ecs:r1:111:a/a";

/** What is taken over of another world: its policies, what people have, and groups, by their names. */
const step = fc.record({
  from: fc.nat({ max: 2 }),
  world: randomWorld,
  taken: fc.subarray(["P0", "P1", "P2", "P3", "alice", "bob", "222/eve", "ops", "222/ops", "g1", "g2"], {
    maxLength: 2,
  }),
  /** Where policies are attached then; left out, as the other world has them. */
  resourceGroup: fc.constantFrom(undefined, undefined, "rg-1", "rg-2", "rg-3"),
  asked: fc.array(
    fc.record({
      of: fc.nat({ max: 3 }),
      action: fc.constantFrom(...ACTIONS, "ecs:Stop", "ecs:Start"),
      resource: fc.oneof(randomResource, fc.constant(GROUPED)),
    }),
    { minLength: 3, maxLength: 5 },
  ),
});

const RESOURCE_GROUPS = { "rg-2": ["ecs:a/a"], "rg-3": ["ecs:instance/i"] };
const ASKED_BEFORE = ["ecs:Stop", "ecs:Start", "ecs:Stop", "ram:Get", "ram:Get"];

test("plans-outlast-changes: what was worked out of other states, earlier or supposed, changes no answer", () => {
  const kept = { bases: 0, stale: 0 };
  fc.assert(
    fc.property(
      randomWorld,
      fc.array(step, { minLength: 4, maxLength: 6 }),
      randomContext,
      (world0, steps, context) => {
        const start: World = { ...world0, resourceGroups: RESOURCE_GROUPS };
        const states = [stateOf(start)];
        const ask = ({ snapshot, rebuilt }: State, action: string, resource: string | ResourceInput) => {
          const asked = { action, resource, ...context, whoCan: {} };
          for (const verdicts of [NOT_A_PLAIN_NO, ALL_VERDICTS]) {
            const scope: WhoCanScope = { verdicts, reach: "DIRECT" };
            const kept = rowsOf(finish(whoCan(snapshot, valueIn(questionOf(snapshot, asked)), scope)));
            expect(kept).toEqual(rowsOf(finish(decideEach(rebuilt, valueIn(questionOf(rebuilt, asked)), scope))));
          }
        };
        for (const action of ASKED_BEFORE) ask(at(states, 0), action, GROUPED);
        for (const { from, asked, ...rest } of steps) {
          const parent = at(states, from);
          const world = changed(parent.world, rest);
          const inventory = inOrder(inventoryOf(world, ACTIONS));
          const snapshot = updateSnapshot(parent.snapshot, differenceOf(parent.inventory, inventory));
          states.push(stateOf(world, snapshot));
          for (const base of basesOf(snapshot).values()) {
            if (base !== "ASKED") kept.bases += 1;
            if (base !== "ASKED" && base.plan.stale.length > 0) kept.stale += 1;
          }
          for (const { of, action, resource } of asked) ask(at(states, of), action, resource);
        }
      },
    ),
    runs(30),
  );
  expect(kept.bases).toBeGreaterThan(20);
  expect(kept.stale).toBeGreaterThan(5);
});

const rowsOf = (answer: Taken<WhoCanAnswer>) =>
  "refusal" in answer
    ? answer
    : [...answer.value.rows].map(({ decision: { asker, verdict } }) => [asker?.principal?.arn, verdict]);

interface State {
  readonly world: World;
  readonly inventory: Inventory;
  readonly snapshot: Snapshot;
  readonly rebuilt: Snapshot;
}

function stateOf(world: World, snapshot?: Snapshot): State {
  const inventory = inOrder(inventoryOf(world, ACTIONS));
  const rebuilt = compileSnapshot(inventory);
  return { world, inventory, rebuilt, snapshot: snapshot ?? compileSnapshot(inventory) };
}

function at<T>(list: readonly T[], pick: number): T {
  const found = list.toReversed()[pick % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}

function changed(
  world: World,
  { world: other, taken, resourceGroup }: { world: World; taken: readonly string[]; resourceGroup: string | undefined },
): World {
  const scoped = (held: readonly Attached[]) =>
    resourceGroup === undefined
      ? held
      : held.map((each) => ({ policy: typeof each === "string" ? each : each.policy, resourceGroup }));
  const { users, roles, groups } = other;
  return {
    ...world,
    policies: { ...world.policies, ...pick(other.policies, taken) },
    users: { ...world.users, ...mapped(pick(users, taken), scoped) },
    roles: { ...world.roles, ...mapped(pick(roles, taken), scoped) },
    groups: {
      ...world.groups,
      ...mapped(pick(groups, taken), ({ members, policies }) => ({ members, policies: scoped(policies) })),
    },
  };
}

function pick<T>(all: Readonly<Record<string, T>> = {}, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

function mapped<T>(all: Readonly<Record<string, T>>, of: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, of(value)]));
}
