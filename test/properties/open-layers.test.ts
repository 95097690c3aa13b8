import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { evaluateTest } from "../../src/policy/conditions/context.js";
import type { Literal } from "../../src/policy/logic/solve.js";
import { can } from "../../src/questions/can/can.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, LAYERED_KEYS, layeredWorld } from "./layered-world.js";

const held = fc.oneof(fc.constant(null), fc.subarray([...(LAYERED_KEYS["c:s"] ?? [])], { maxLength: 3 }));
const completion = fc.record({ "c:s": held, "c:t": held });

test("what is said of an open context holds for every completion, and the condition is exact, in every layer", () => {
  fc.assert(
    fc.property(
      layeredWorld,
      fc.constantFrom(...LAYERED_ARNS),
      fc.array(completion, { minLength: 4, maxLength: 4 }),
      (world, resource, completions) => {
        const snapshot = buildWorld(world, LAYERED_ACTIONS);
        for (const action of LAYERED_ACTIONS) {
          const open = valueIn(questionOf(snapshot, { action, resource, whoCan: {} }));
          for (const principal of snapshot.principals) {
            const { verdict, ruling } = valueIn(can(snapshot, principal, open, ""));
            for (const context of completions) {
              const full = valueIn(questionOf(snapshot, { action, resource, context, whoCan: {} }));
              const settled = valueIn(can(snapshot, principal, full, "")).verdict;
              const where = `${principal.arn} ${action} ${verdict} ${JSON.stringify(context)}`;
              expect(settled).not.toBe("CONDITIONAL");
              if (verdict === "ALLOWED") expect(`${where} ${settled}`).toBe(`${where} ALLOWED`);
              if (verdict === "EXPLICIT_DENY") expect(`${where} ${settled}`).toBe(`${where} EXPLICIT_DENY`);
              if (verdict === "IMPLICIT_DENY") expect(`${where} ${settled}`).toMatch(/_DENY$/);
              if (ruling.solution.isExact) {
                const isMet = meets(ruling.solution.alternatives, context);
                expect(`${where} ${settled === "ALLOWED"}`).toBe(`${where} ${isMet}`);
              }
            }
          }
        }
      },
    ),
    runs(60),
  );
});

test("a key that is not missing cannot change the verdict", () => {
  fc.assert(
    fc.property(layeredWorld, fc.constantFrom(...LAYERED_ARNS), completion, (world, resource, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of LAYERED_ACTIONS) {
        const open = valueIn(questionOf(snapshot, { action, resource, whoCan: {} }));
        for (const principal of snapshot.principals) {
          const { verdict, ruling } = valueIn(can(snapshot, principal, open, ""));
          if (verdict === "UNDETERMINED" || ruling.solution.missingKeys.length === 2) continue;
          const idle = Object.entries(context).filter(([key]) => !ruling.solution.missingKeys.includes(key));
          const given = valueIn(
            questionOf(snapshot, { action, resource, context: Object.fromEntries(idle), whoCan: {} }),
          );
          const settled = valueIn(can(snapshot, principal, given, "")).verdict;
          if (settled.endsWith("_DENY")) expect(verdict).toMatch(/_DENY$/);
          else expect(settled).toBe(verdict);
        }
      }
    }),
    runs(60),
  );
});

function meets(
  alternatives: readonly (readonly Literal[])[],
  context: Readonly<Record<string, readonly string[] | null>>,
): boolean {
  const entries = new Map(Object.entries(context).map(([key, values]) => [key, values ?? ("ABSENT" as const)]));
  return alternatives.some((literals) =>
    literals.every(
      ({ test: each, isNegated }) => (evaluateTest(each, { mode: "CLOSED", entries }) === true) !== isNegated,
    ),
  );
}
