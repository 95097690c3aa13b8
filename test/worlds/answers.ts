import { nameOrder } from "../../src/grants/name-order.js";
import { policiesGranting } from "../../src/grants/policies-granting.js";
import { reachesOf } from "../../src/grants/reaches-of.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { finish } from "../../src/grants/steps.js";
import { conditionText } from "../../src/questions/access/condition-text.js";
import type { Decision } from "../../src/questions/access/decision.js";
import { decidedBy } from "../../src/questions/access/explain-access.js";
import type { ResourceInput } from "../../src/questions/access/question-input.js";
import { sentenceOf } from "../../src/questions/access/sentence.js";
import { NOT_A_PLAIN_NO } from "../../src/questions/access/verdict-rank.js";
import { can } from "../../src/questions/can/can.js";
import { permissions } from "../../src/questions/permissions/permissions.js";
import { findGaps } from "../../src/questions/snapshot/find-gaps.js";
import { whoCan } from "../../src/questions/who-can/who-can.js";
import { questionOf, valueIn } from "./ask.js";
import { plainAttachment } from "./plain-attachment.js";
import { assumptionsFromBothSides } from "./reach.js";

/** Everything that a client could learn from a snapshot by asking about some actions and resources. */
export function answersOf(
  snapshot: Snapshot,
  actions: readonly string[],
  resources: readonly (string | ResourceInput)[],
) {
  const questions = actions.flatMap((action) =>
    resources.map((resource) => valueIn(questionOf(snapshot, { action, resource, whoCan: {} }))),
  );
  const scope = { verdicts: NOT_A_PLAIN_NO };
  return {
    can: questions.flatMap((question) =>
      snapshot.principals.map((principal) => wordsOf(valueIn(can(snapshot, principal, question, "")))),
    ),
    whoCan: questions.map((question) => {
      const { rows, coverage } = valueIn(finish(whoCan(snapshot, question, { ...scope, reach: "ASSUMED" })));
      return { rows: [...rows].map(({ decision }) => wordsOf(decision)), coverage };
    }),
    permissions: snapshot.principals.map((principal) => {
      const { rows, coverage } = valueIn(finish(permissions(snapshot, principal, {})));
      const words = rows.map(({ decision, resourcePatterns }) => [wordsOf(decision), resourcePatterns]);
      return [principal.arn, words, coverage];
    }),
    assumptions: [false, true].map((isTransitive) => assumptionsFromBothSides(snapshot, isTransitive)),
    lists: listsOf(snapshot, actions),
    gaps: findGaps(snapshot),
  };
}

function listsOf(snapshot: Snapshot, actions: readonly string[]) {
  const order = nameOrder(snapshot);
  const carriers = [...snapshot.principals.map(({ key }) => key), ...snapshot.groups.keys()];
  return {
    users: finish(order.users()),
    groups: finish(order.groups()),
    roles: finish(order.roles()),
    policies: finish(order.policies()).map(({ row: { key, document, policy } }) =>
      JSON.stringify([key, document, policy]),
    ),
    attachments: carriers.map((key) => [
      key,
      snapshot.attachmentsOfPrincipal.get(key)?.map(plainAttachment),
      reachesOf(snapshot, key).map(plainAttachment),
    ]),
    carried: [...snapshot.policies.keys()].map((key) => [
      key,
      snapshot.attachmentsOfPolicy.has(key),
      snapshot.attachmentsOfPolicy.get(key)?.map(plainAttachment),
    ]),
    attached: [...snapshot.attachmentsOfPolicy.keys()].sort(),
    carrying: [...snapshot.attachmentsOfPrincipal.keys()].sort(),
    reached: [...snapshot.policies.keys()].map((key) => [key, snapshot.reachedBy.get(key)?.map(({ arn }) => arn)]),
    members: [...snapshot.groups.keys()].map((key) => [key, snapshot.usersOfGroup.get(key)]),
    sizes: [snapshot.users, snapshot.roles, snapshot.policies, snapshot.attachmentsOfPrincipal].map(({ size }) => size),
    granting: actions.map((action) => [...finish(policiesGranting(snapshot, action))].map(({ key }) => key).sort()),
    findings: [...snapshot.findingsOf],
  };
}

function wordsOf(decision: Decision) {
  const { verdict, ruling } = decision;
  return {
    verdict,
    sentence: sentenceOf(decision),
    condition: conditionText(ruling.solution),
    blockedBy: ruling.blockedBy,
    decidedBy: decidedBy(decision).map(({ grant }) => [grant.policy, grant.statement.pointer]),
    warnings: decision.warnings().map(({ message }) => message),
  };
}
