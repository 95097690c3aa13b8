import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileSnapshot } from "../../src/grants/compile-snapshot.js";
import { grantsOf } from "../../src/grants/grants-of.js";
import { placeOf } from "../../src/grants/place-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { updateSnapshot } from "../../src/grants/update-snapshot.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { decideAccess } from "../../src/questions/access/decision.js";
import { quickVerdict } from "../../src/questions/access/quick-verdict.js";
import { randomHistory } from "../grants/random-change.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";

/** Every principal's verdict without the judge is the judge's. Returns how many were answered so. */
function sameAsJudged(snapshot: Snapshot, question: AccessQuestion): number {
  let count = 0;
  for (const principal of snapshot.principals) {
    const quick = quickVerdict(snapshot, principal, question);
    if (quick === undefined) continue;
    count += 1;
    const { ruling, judged } = decideAccess(snapshot, principal, question, () => grantsOf(snapshot, principal));
    const judgedSo = [ruling.verdict, judged.judgement.unreadableValues];
    expect([principal.arn, quick, []]).toEqual([principal.arn, ...judgedSo]);
  }
  return count;
}

test("quick-is-judged: a verdict without the judge is the judge's", () => {
  let quick = 0;
  fc.assert(
    fc.property(randomWorld, randomResource, randomContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const action of ACTIONS) {
        const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
        quick += sameAsJudged(snapshot, question);
      }
    }),
    runs(120),
  );
  expect(quick).toBeGreaterThan(200);
});

test("quick-is-judged where control policies, resource groups and several accounts count", () => {
  let quick = 0;
  fc.assert(
    fc.property(layeredWorld, layeredContext, (world, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of LAYERED_ACTIONS) {
        for (const resource of LAYERED_ARNS) {
          quick += sameAsJudged(snapshot, valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} })));
        }
      }
    }),
    runs(25),
  );
  expect(quick).toBeGreaterThan(200);
});

test("quick-is-judged after people, groups and policies came and went, at every state in turn", () => {
  let quick = 0;
  fc.assert(
    fc.property(randomHistory, layeredContext, ({ inventories, changes }, context) => {
      const first = compileSnapshot(inventories[0]);
      const states = [first];
      for (const change of changes) states.push(updateSnapshot(states.at(-1) ?? first, change));
      const resource = LAYERED_ARNS[0] ?? "unscoped";
      for (const action of LAYERED_ACTIONS) {
        const question = valueIn(questionOf(first, { action, resource, ...context, whoCan: {} }));
        for (const state of states) quick += sameAsJudged(state, question);
      }
      for (const state of states) {
        expect(state.principals.map((principal) => placeOf(state, principal))).toEqual([...state.principals.keys()]);
        for (const principal of states.flatMap(({ principals }) => principals)) {
          const known = state.principalByKey.get(principal.key);
          expect(state.principals[placeOf(state, principal) ?? -1]).toBe(known);
        }
      }
    }),
    runs(25),
  );
  expect(quick).toBeGreaterThan(200);
});
