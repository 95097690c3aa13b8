import type { Parts } from "../../grants/derived-map.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { readRequestArn } from "../../policy/arn.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { AccessQuestion, ResourceChoice } from "../access/access-question.js";
import { actionPart } from "../access/action-part.js";
import { type AnswerCoverage, accountsNotImported } from "../access/coverage.js";
import type { Decision } from "../access/decision.js";
import { NOT_A_PLAIN_NO } from "../access/verdict-rank.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import { inTurn } from "../who-can/in-turn.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { whoCan } from "../who-can/who-can.js";
import type { Lever } from "./lever.js";
import { leversOf } from "./levers-of.js";

/** Somebody who can make a change that alters the answer. */
export interface Guardian {
  readonly lever: Lever;
  readonly access: PrincipalAccess;
}

export interface Guardians {
  readonly rows: Parts<readonly Guardian[]>;
  readonly coverage: AnswerCoverage;
}

/**
 * Who can change an answer: for each change that would alter it those who may make it, in the order of ARNs. Yields before each
 * change, so that whoever drives it can let others in.
 */
export function* guardiansOf(decision: Decision): Generator<undefined, Guardians, undefined> {
  const { snapshot } = decision;
  const parts: Parts<readonly Guardian[]>[] = [];
  const gaps = new Map<string, AnswerCoverage["gaps"][number]>();
  for (const lever of leversOf(decision)) {
    yield undefined;
    const accountIds = new Set([lever.accountId]);
    const answer = yield* whoCan(snapshot, questionAbout(snapshot, lever), {
      verdicts: NOT_A_PLAIN_NO,
      accountIds,
      reach: "DIRECT",
    });
    // Nothing is given that a policy's operator could fail to read.
    if ("refusal" in answer) throw new Error(answer.refusal.message);
    const { rows: able, coverage } = answer.value;
    // Accounts are named, so nobody outside is in the answer.
    parts.push({
      length: able.length,
      slice: (start, end) => able.slice(start, end).map((access) => ({ lever, access })),
    });
    const seen = coverage.gaps.filter(({ reason }) => reason !== "SERVICE_NOT_IN_CATALOG");
    for (const gap of [...accountsNotImported(snapshot, accountIds), ...seen]) gaps.set(gap.detail, gap);
  }
  return { rows: inTurn(parts), coverage: { gaps: [...gaps.values()] } };
}

function questionAbout(snapshot: Snapshot, { action, arns }: Lever): AccessQuestion {
  const resources = arns.flatMap((arn) => readRequestArn(arn) ?? []);
  const resource: ResourceChoice =
    resources.length === 0 ? SOME_RESOURCE : { form: "EACH", resources, text: arns.join(" and ") };
  const actions = { mode: "ALL" as const, parts: [actionPart(snapshot, action)], text: action };
  return { actions, resource, context: OPEN_CONTEXT, remarks: [] };
}
