import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { VERDICT_RANK } from "../../src/questions/access/verdict-rank.js";
import type { AccessOrder, PrincipalAccess, ReachMode } from "../../src/questions/who-can/principal-access.js";
import { decideEach, whoCan } from "../../src/questions/who-can/who-can.js";
import { LAYERED_ACTIONS, LAYERED_ARNS, layeredContext, layeredWorld } from "../properties/layered-world.js";
import { questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld } from "../worlds/build-world.js";
import { runs } from "../worlds/runs.js";
import { ALL_VERDICTS } from "./agreement.js";

type Ask = typeof whoCan;

const shown = ({ principal, decision }: PrincipalAccess) => {
  const { arn, name } = principal ?? {};
  return { arn, name, verdict: decision.verdict, caller: decision.asker?.caller.kind };
};

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Ordered rows are the plain ones, sorted by what is read off them; ties keep the order of ARNs. */
function sameAsSorted(snapshot: Snapshot, question: AccessQuestion, ask: Ask, reach: ReachMode): void {
  const scope = { verdicts: ALL_VERDICTS, reach, accountIds: new Set(["111", "222"]) };
  const rowsOf = (order?: AccessOrder) => {
    const answer = finish(ask(snapshot, question, order === undefined ? scope : { ...scope, order }));
    return "refusal" in answer ? undefined : [...answer.value.rows].map(shown);
  };
  const plain = rowsOf();
  expect(plain?.map(({ arn }) => arn)).toEqual(plain?.map(({ arn }) => arn).toSorted());
  for (const sign of [1, -1]) {
    const isDescending = sign < 0;
    const byName = plain?.toSorted((a, b) => sign * compare(a.name ?? "", b.name ?? ""));
    expect(rowsOf({ field: "NAME", isDescending })).toEqual(byName);
    const byVerdict = plain?.toSorted((a, b) => sign * compare(VERDICT_RANK[a.verdict], VERDICT_RANK[b.verdict]));
    expect(rowsOf({ field: "VERDICT", isDescending })).toEqual(byVerdict);
  }
}

test("row-order: however an answer is found, it is sorted as asked and ties stand in the order of ARNs", () => {
  fc.assert(
    fc.property(layeredWorld, fc.constantFrom(...LAYERED_ARNS), layeredContext, (world, arn, context) => {
      const snapshot = buildWorld(world, LAYERED_ACTIONS);
      for (const action of LAYERED_ACTIONS) {
        const question = valueIn(questionOf(snapshot, { action, resource: arn, ...context, whoCan: {} }));
        for (const reach of ["DIRECT", "ASSUMED"] as const) {
          for (const ask of [whoCan, decideEach]) sameAsSorted(snapshot, question, ask, reach);
        }
      }
    }),
    runs(6),
  );
});
