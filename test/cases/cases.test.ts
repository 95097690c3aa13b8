import { describe, expect, test } from "@jest/globals";
import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import type { Verdict } from "../../src/policy/decide.js";
import type { AccessQuestion } from "../../src/questions/access/access-question.js";
import { conditionText } from "../../src/questions/access/condition-text.js";
import { decidedBy } from "../../src/questions/access/explain-access.js";
import { prerequisiteDecisions } from "../../src/questions/access/prerequisites.js";
import { sentenceOf } from "../../src/questions/access/sentence.js";
import { can } from "../../src/questions/can/can.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import {
  ALL_VERDICTS,
  answersOfCan,
  answersOfPermissions,
  answersOfWhoCan,
  countsOf,
  isInCatalog,
  isPlainNo,
} from "../consistency/agreement.js";
import { questionFor, questionOf, valueIn } from "../worlds/ask.js";
import { buildWorld, nameOf, principalOf } from "../worlds/build-world.js";
import { assumersIn, assumptionsFromBothSides, gapsIn, outsideIn, reachedIn } from "../worlds/reach.js";
import { type Case, type CaseDetails, type CaseQuestion, caseFiles, readCase } from "../worlds/read-case.js";

describe.each(caseFiles())("%s", (file) => {
  const read = readCase(file);
  const snapshot = buildWorld(read.world, actionsOf(read));

  test.each(read.ask.map((asked) => ({ asked, title: JSON.stringify([asked.action, asked.resource, asked.context]) })))(
    `${read.rule}: $title`,
    ({ asked }) => {
      if (asked.refused !== undefined) return expect(() => verdictsIn(snapshot, asked)).toThrow(asked.refused);
      const question = valueIn(questionOf(snapshot, asked));
      expect(verdictsIn(snapshot, asked)).toEqual(expectedVerdicts(snapshot, asked));
      for (const [name, details] of Object.entries(asked.details ?? {})) {
        expect({ name, ...detailsIn(snapshot, asked, name, details) }).toEqual({ name, ...details });
      }
      if (isAskedOfOne(asked)) return;
      expectAgreement(snapshot, question);
      expectReach(snapshot, question, asked);
    },
  );

  test("what principals may do, and every action answered alike by all questions", () => {
    for (const [name, expected] of Object.entries(read.permissions ?? {})) {
      const { rows } = valueIn(finish(permissions(snapshot, principalOf(snapshot, name), {})));
      expect(Object.fromEntries(rows.map(({ action, decision }) => [action.name, decision.verdict]))).toEqual(expected);
    }
    for (const action of actionsOf(read)) {
      expectAgreement(snapshot, valueIn(questionOf(snapshot, { action, resource: SOMETHING, whoCan: {} })));
    }
    for (const isTransitive of [false, true]) {
      const [byRole, byPrincipal] = assumptionsFromBothSides(snapshot, isTransitive);
      expect(byPrincipal).toEqual(byRole);
    }
    for (const [role, expected] of Object.entries(read.assumableBy ?? {})) {
      expect({ role, ...assumersIn(snapshot, role, false) }).toEqual({ role, ...expected });
    }
    for (const [role, expected] of Object.entries(read.assumableByPaths ?? {})) {
      expect({ role, ...assumersIn(snapshot, role, true) }).toEqual({ role, ...expected });
    }
    for (const principal of snapshot.principals) {
      const { expected, summed } = countsOf(snapshot, principal);
      expect(summed).toEqual(expected);
    }
  });
});

const SOMETHING = { anyOf: { pattern: "*" } };

function actionsOf({ world, ask, unknownActions = [], permissions: rows = {} }: Case): readonly string[] {
  const asked = ask
    .filter(({ refused }) => refused === undefined)
    .flatMap(({ action }) =>
      typeof action === "string" ? [action] : [...(action.allOf ?? []), ...(action.anyOf ?? [])],
    );
  const needed = (world.operations ?? []).flatMap(({ action, needs = [] }) => [action, ...needs]);
  const named = Object.values(rows).flatMap((row) => Object.keys(row));
  const unique = new Map([...named, ...needed, ...asked].map((name) => [name.toLowerCase(), name]));
  for (const name of unknownActions) unique.delete(name.toLowerCase());
  return [...unique.values()].sort();
}

/** Session policies and left-out layers are parts of `can` alone. */
function isAskedOfOne({ session, ignoreLayers }: CaseQuestion): boolean {
  return session !== undefined || ignoreLayers !== undefined;
}

/** The verdict of `can` for everybody of whom the question can be asked: only roles have sessions. */
function verdictsIn(snapshot: Snapshot, asked: CaseQuestion): Record<string, Verdict> {
  return Object.fromEntries(
    askedOf(snapshot, asked).map((principal) => {
      const question = valueIn(questionFor(snapshot, asked, principal));
      return [nameOf(principal), valueIn(can(snapshot, principal, question, "")).verdict];
    }),
  );
}

function askedOf({ principals }: Snapshot, { session }: CaseQuestion): readonly CompiledPrincipal[] {
  return session === undefined ? principals : principals.filter(({ kind }) => kind === "ROLE");
}

function expectedVerdicts(snapshot: Snapshot, asked: CaseQuestion): Record<string, Verdict> {
  const silent = askedOf(snapshot, asked).map((principal): [string, Verdict] => [nameOf(principal), "IMPLICIT_DENY"]);
  return { ...Object.fromEntries(silent), ...asked.cannot, ...asked.whoCan };
}

/** Only the details that the case states. */
function detailsIn(snapshot: Snapshot, asked: CaseQuestion, name: string, stated: CaseDetails): CaseDetails {
  const principal = principalOf(snapshot, name);
  const decision = valueIn(can(snapshot, principal, valueIn(questionFor(snapshot, asked, principal)), ""));
  const all: Required<CaseDetails> = {
    condition: conditionText(decision.ruling.solution),
    missingKeys: decision.ruling.solution.missingKeys,
    blockedBy: decision.ruling.blockedBy,
    decidedBy: decidedBy(decision).map(
      ({ grant }) => `${snapshot.policies.get(grant.policy)?.policy.name ?? grant.policy}${grant.statement.pointer}`,
    ),
    prerequisites: Object.fromEntries(
      prerequisiteDecisions(decision).map(({ question: { actions, resource }, verdict }) => [
        `${actions.text} on ${resource.text}`,
        verdict,
      ]),
    ),
    warnings: decision.warnings().map(({ code }) => code),
    sentence: sentenceOf(decision),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key in stated));
}

/** What is said of those who get there by roles and of those outside, where the case says it. */
function expectReach(snapshot: Snapshot, question: AccessQuestion, { reached, outside, gaps }: CaseQuestion): void {
  if (reached !== undefined) expect(reachedIn(snapshot, question)).toEqual(reached);
  if (outside !== undefined) expect(outsideIn(snapshot, question)).toEqual(outside);
  if (gaps !== undefined) expect(gapsIn(snapshot, question)).toEqual(gaps);
}

function expectAgreement(snapshot: Snapshot, question: AccessQuestion): void {
  const answers = answersOfCan(snapshot, question);
  expect(answersOfWhoCan(snapshot, question, ALL_VERDICTS)).toEqual(answers);
  const denials = answers.filter(({ verdict }) => verdict === "EXPLICIT_DENY");
  expect(answersOfWhoCan(snapshot, question, new Set(["EXPLICIT_DENY"]))).toEqual(denials);
  const yes = answers.filter((each) => !isPlainNo(each));
  expect(answersOfWhoCan(snapshot, question, new Set(["ALLOWED", "CONDITIONAL", "UNDETERMINED"]))).toEqual(yes);
  if (!isInCatalog(snapshot, question)) return;
  expect(answersOfPermissions(snapshot, question, ALL_VERDICTS)).toEqual(answers);
  expect(answersOfPermissions(snapshot, question, new Set(["EXPLICIT_DENY"]))).toEqual(denials);
}
