import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { actionKey } from "../../src/inventory/keys.js";
import type { Verdict } from "../../src/policy/decide.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import type { Decision } from "../../src/questions/access/decision.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { can } from "../../src/questions/can/can.js";
import { summarise } from "../../src/questions/permissions/permission-summary.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { valueIn } from "../worlds/ask.js";

export const ALL_VERDICTS: ReadonlySet<Verdict> = new Set([
  "ALLOWED",
  "CONDITIONAL",
  "UNDETERMINED",
  "IMPLICIT_DENY",
  "EXPLICIT_DENY",
]);

/** Everything that two answers must have in common. */
export interface Answer {
  readonly principal: string;
  readonly action: string;
  readonly verdict: Verdict;
  readonly missingKeys: readonly string[];
  readonly warnings: readonly string[];
}

/** One row for each principal, from `can`. */
export function answersOfCan(snapshot: Snapshot, question: AccessQuestion): readonly Answer[] {
  return snapshot.principals.map((principal) => {
    const decision = valueIn(can(snapshot, principal, question, ""));
    return answer(principal, question.actions.text, decision);
  });
}

/** The same from `whoCan`, which looks only where the index points. */
export function answersOfWhoCan(snapshot: Snapshot, question: AccessQuestion, verdicts: ReadonlySet<Verdict>) {
  const accountIds = new Set(snapshot.principals.map(({ accountId }) => accountId));
  const { rows } = valueIn(finish(whoCan(snapshot, question, { verdicts, accountIds, reach: "DIRECT" })));
  return [...rows].flatMap(({ decision }) => {
    const principal = decision.asker?.principal;
    return principal === undefined ? [] : [answer(principal, question.actions.text, decision)];
  });
}

/** The same from `permissions`, one principal after the other; only for a single action of the catalog. */
export function answersOfPermissions(snapshot: Snapshot, question: AccessQuestion, verdicts: ReadonlySet<Verdict>) {
  const { actions, resource, context } = question;
  return snapshot.principals.flatMap((principal) => {
    const { rows } = valueIn(finish(permissions(snapshot, principal, { actions, resource, context, verdicts })));
    return rows.map(({ decision }) => answer(principal, question.actions.text, decision));
  });
}

/** Counts of `permissionSummary` must be those of the rows. */
export function countsOf(snapshot: Snapshot, principal: CompiledPrincipal) {
  const { rows } = valueIn(finish(permissions(snapshot, principal, {})));
  const expected = { allowed: 0, conditional: 0, undetermined: 0 };
  for (const { action, decision } of rows) {
    const levels = action.accessLevels.length;
    if (decision.verdict === "ALLOWED") expected.allowed += levels;
    else if (decision.verdict === "CONDITIONAL") expected.conditional += levels;
    else expected.undetermined += levels;
  }
  const summed = { allowed: 0, conditional: 0, undetermined: 0 };
  for (const row of summarise(rows, undefined)) {
    summed.allowed += row.allowed;
    summed.conditional += row.conditional;
    summed.undetermined += row.undetermined;
  }
  return { expected, summed };
}

export function isInCatalog({ catalog }: Snapshot, { actions }: AccessQuestion): boolean {
  return actions.isOperation !== true && actions.parts.length === 1 && catalog.actions.has(actionKey(actions.text));
}

export function isPlainNo({ verdict }: Answer): boolean {
  return !NOT_A_PLAIN_NO.has(verdict);
}

function answer(principal: CompiledPrincipal, action: string, decision: Decision): Answer {
  return {
    principal: principal.arn,
    action,
    verdict: decision.verdict,
    missingKeys: decision.ruling.solution.missingKeys,
    warnings: decision
      .warnings()
      .map(({ code }) => code)
      .sort(),
  };
}
