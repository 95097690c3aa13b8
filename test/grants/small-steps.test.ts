import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { inventoryOf } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { differenceOf, inOrder } from "./random-change.js";

/** Each policy, and who carries it, can be told by some answer. */
const POLICIES = {
  P0: [{ Effect: "Allow", Action: "ecs:Stop", Resource: "*" }],
  P1: [{ Effect: "Deny", Action: "ecs:*", Resource: "acs:ecs:*:*:instance/*" }],
  P2: [{ Effect: "Allow", Action: "*:Start", Resource: "*", Condition: { StringEquals: { "c:s": "a" } } }],
};
const USERS = ["ada", "bob", "222/eve"];
const GROUP = "g";
const ACTIONS = ["ecs:Stop", "ecs:Start"];

/** Names of policies, users and links (`ada P0`, `ada g`, `g P0`) that are there. A link counts where both of its ends are. */
type Present = ReadonlySet<string>;

const LINKS = [...USERS, GROUP].flatMap((carrier) => Object.keys(POLICIES).map((policy) => `${carrier} ${policy}`));
const FACTS = [...USERS, ...Object.keys(POLICIES), ...LINKS, `ada ${GROUP}`, `bob ${GROUP}`];

/** Some things come or go; with what goes, its links may go for good. */
const step = fc.record({ flipped: fc.subarray(FACTS, { minLength: 1, maxLength: 2 }), isForGood: fc.boolean() });

function after(present: Present, { flipped, isForGood }: { flipped: readonly string[]; isForGood: boolean }): Present {
  const going = flipped.filter((fact) => present.has(fact));
  const isLost = (fact: string) => going.some((gone) => fact === gone || (isForGood && fact.split(" ").includes(gone)));
  return new Set([...[...present].filter((fact) => !isLost(fact)), ...flipped.filter((fact) => !present.has(fact))]);
}

function inventoryWith(present: Present) {
  const heldBy = (carrier: string) =>
    Object.keys(POLICIES).filter((name) => present.has(name) && present.has(`${carrier} ${name}`));
  const users = USERS.filter((user) => present.has(user));
  const world = {
    policies: Object.fromEntries(Object.entries(POLICIES).filter(([name]) => present.has(name))),
    users: Object.fromEntries(users.map((user) => [user, heldBy(user)])),
    groups: {
      [GROUP]: { members: users.filter((user) => present.has(`${user} ${GROUP}`)), policies: heldBy(GROUP) },
    },
    accounts: ["111", "222"],
  };
  return inOrder(inventoryOf(world, ACTIONS));
}

/** Found policy by policy, and principal by principal. */
function answersOf(snapshot: Snapshot) {
  return ACTIONS.flatMap((action) => {
    const question = valueIn(questionOf(snapshot, { action, resource: "acs:ecs:r1:111:instance/i-1", whoCan: {} }));
    const { rows } = valueIn(finish(whoCan(snapshot, question, { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" })));
    return [
      [...rows].map(({ decision: { asker, verdict } }) => [asker?.principal?.arn, verdict]),
      snapshot.principals.map((principal) => [principal.arn, decideAccess(snapshot, principal, question).verdict]),
    ];
  });
}

test("updated-is-compiled: small changes, one after the other, also from a state that others were made from", () => {
  fc.assert(
    fc.property(fc.subarray(FACTS), fc.array(step, { minLength: 2, maxLength: 8 }), fc.nat(8), (start, steps, turn) => {
      let present: Present = new Set(start);
      let inventory = inventoryWith(present);
      let snapshot = compileSnapshot(inventory);
      for (const [index, change] of steps.entries()) {
        const known = { present, inventory, snapshot };
        present = after(present, change);
        inventory = inventoryWith(present);
        snapshot = updateSnapshot(known.snapshot, differenceOf(known.inventory, inventory));
        expect(answersOf(snapshot)).toEqual(answersOf(compileSnapshot(inventory)));
        if (index === turn) ({ present, inventory, snapshot } = known);
      }
    }),
    runs(80),
  );
});
