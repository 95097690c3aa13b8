import { describe, expect, test } from "@jest/globals";
import { plansOf } from "../../src/grants/action-plan.js";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { basesOf } from "../../src/grants/service-base.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { applyChange, suppose } from "../../src/grants/what-if/apply-change.js";
import { userKey } from "../../src/inventory/keys.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { inventoryOf, worldPolicyKey } from "../worlds/build-world.js";
import { allow } from "../worlds/escalation-worlds.js";

const ACTIONS = ["ecs:Stop", "ecs:Start"];

function ask(snapshot: Snapshot, action = "ecs:Stop"): void {
  const question = valueIn(questionOf(snapshot, { action, resource: "acs:ecs:r1:111:instance/i", whoCan: {} }));
  finish(whoCan(snapshot, question, { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" }));
}

/** Both actions were asked about twice. */
function askedWorld(): Snapshot {
  const policies = { Ecs: [allow("ecs:*")], Oss: [allow("oss:Get")] };
  const users = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`u${at}`, ["Ecs", "Oss"]]));
  const snapshot = compileSnapshot(inventoryOf({ policies, users }, [...ACTIONS, "oss:Get"]));
  for (const action of [...ACTIONS, ...ACTIONS]) ask(snapshot, action);
  return snapshot;
}

/** As if some users did not hold a policy. */
function without(snapshot: Snapshot, policy: string, users: number): Snapshot {
  let supposed = suppose(snapshot, "00");
  for (let at = 0; at < users; at++) {
    const [key, principal] = [worldPolicyKey(policy), userKey("111", `u${at}`)];
    const made = applyChange(supposed, {
      kind: "detachPolicy",
      policy: { key, text: policy },
      principal: { key: principal, text: `u${at}` },
    });
    if (!("value" in made)) throw new Error(made.refusal.message);
    supposed = made.value;
  }
  return supposed;
}

describe("a what-if", () => {
  test("keeps what was worked out of actions that it does not touch", () => {
    const live = askedWorld();
    expect(plansOf(live).size).toBe(ACTIONS.length);
    expect([...plansOf(without(live, "Oss", 1))]).toEqual([...plansOf(live)]);
    expect(plansOf(without(live, "Ecs", 1)).size).toBe(0);
  });

  test("is worn by its own questions alone, however many others were asked", () => {
    const live = askedWorld();
    const isKept = Array.from({ length: 60 }, () => {
      const supposed = without(live, "Ecs", 40);
      const before = basesOf(supposed).get("ecs");
      ask(supposed);
      return before !== undefined && before !== "ASKED" && basesOf(supposed).get("ecs") === before;
    });
    expect(isKept).not.toContain(false);
  });
});
