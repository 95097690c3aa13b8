import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { grantsOf } from "../../src/grants/grants-of.js";
import { asciiLower } from "../../src/policy/ascii.js";
import { mayCoverAction } from "../../src/policy/match-statement.js";
import { ACTIONS, randomContext, randomResource, randomWorld } from "../oracle/random-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS, answersOfCan, answersOfPermissions, answersOfWhoCan, countsOf, isPlainNo } from "./agreement.js";

test("can, whoCan, permissions and permissionSummary agree in random worlds", () => {
  fc.assert(
    fc.property(randomWorld, randomResource, randomContext, (world, resource, context) => {
      const snapshot = buildWorld(world, ACTIONS);
      for (const action of ACTIONS) {
        const question = valueIn(questionOf(snapshot, { action, resource, ...context, whoCan: {} }));
        const answers = answersOfCan(snapshot, question);
        expect(answersOfWhoCan(snapshot, question, ALL_VERDICTS)).toEqual(answers);
        expect(answersOfPermissions(snapshot, question, ALL_VERDICTS)).toEqual(answers);
        const yes = new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED"] as const);
        expect(answersOfWhoCan(snapshot, question, yes)).toEqual(answers.filter((each) => !isPlainNo(each)));
        expect(answersOfPermissions(snapshot, question, yes)).toEqual(answers.filter((each) => !isPlainNo(each)));
      }
      for (const principal of snapshot.principals) {
        const { expected, summed } = countsOf(snapshot, principal);
        expect(summed).toEqual(expected);
      }
    }),
    runs(60),
  );
});

test("candidates-never-miss: a policy that the index does not propose covers the action nowhere", () => {
  fc.assert(
    fc.property(randomWorld, fc.constantFrom(...ACTIONS, "vpc:X", "ecs:stop"), (world, action) => {
      const snapshot = buildWorld(world, ACTIONS);
      const proposed = snapshot.actionIndex.candidates(asciiLower(action));
      for (const principal of snapshot.principals) {
        const missed = grantsOf(snapshot, principal).filter(
          ({ policy, statement }) => !proposed.has(policy) && mayCoverAction(statement, asciiLower(action)) !== false,
        );
        expect(missed).toEqual([]);
      }
    }),
    runs(200),
  );
});
