import { expect } from "@jest/globals";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import type { WhoCanScope } from "../../src/questions/who-can/principal-access.js";
import { decideEach, type WhoCanAnswer, whoCan } from "../../src/questions/who-can/who-can.js";
import { ALL_VERDICTS } from "./agreement.js";

const named = (isDescending: boolean) => ({ field: "NAME" as const, isDescending });

const scopes: readonly WhoCanScope[] = [
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT" },
  { verdicts: NOT_A_PLAIN_NO, reach: "ASSUMED" },
  { verdicts: new Set(["CONDITIONAL", "UNDETERMINED"]), reach: "DIRECT", types: new Set(["SERVICE_LINKED_ROLE"]) },
  { verdicts: new Set(["ALLOWED"]), reach: "DIRECT", accountIds: new Set(["111", "catalog"]) },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", types: new Set(["USER", "ROLE"]) },
  { verdicts: new Set(["EXPLICIT_DENY", "ALLOWED"]), reach: "DIRECT", types: new Set(["USER"]), order: named(false) },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", order: named(true) },
  { verdicts: NOT_A_PLAIN_NO, reach: "DIRECT", order: { field: "VERDICT", isDescending: true } },
  { verdicts: ALL_VERDICTS, reach: "DIRECT", order: { field: "VERDICT", isDescending: false } },
];

/** Expects `whoCan` to answer as if everybody were decided. Rows are read after other answers were found, as those of several fields of an operation are. */
export function sameAsDecided(snapshot: Snapshot, question: AccessQuestion): void {
  const answers = scopes.map((scope) => [scope, finish(whoCan(snapshot, question, scope))] as const);
  for (const [scope, fast] of answers) {
    const plain = finish(decideEach(snapshot, question, scope));
    if ("refusal" in plain || "refusal" in fast) expect(fast).toEqual(plain);
    else expect(shown(fast.value)).toEqual(shown(plain.value));
  }
}

const shown = ({ rows, coverage }: WhoCanAnswer) => ({
  rows: [...rows].map(({ decision }) => [decision.asker?.principal?.arn, decision.verdict, decision.ruling]),
  coverage,
});
