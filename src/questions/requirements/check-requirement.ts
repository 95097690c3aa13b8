import type { Snapshot } from "../../grants/snapshot.js";
import { readResourcePattern } from "../../policy/arn.js";
import type { Context } from "../../policy/conditions/context.js";
import type { ResourceChoice, Taken } from "../access/access-question.js";
import { actionPart } from "../access/action-part.js";
import type { Decision } from "../access/decision.js";
import { NO_RESOURCE, resourceKinds } from "../access/fit-resources.js";
import { type AskedPrincipal, can } from "../can/can.js";
import { SOME_RESOURCE } from "../permissions/permissions.js";
import type { Requirement } from "./requirements.js";

/**
 * What one principal has of the requirements: a decision for each, in their order. An action that takes resources is asked
 * about SOME resource of its types, one that takes none about `*`.
 */
export function checkRequirement(
  snapshot: Snapshot,
  requirement: Requirement,
  principal: AskedPrincipal,
  context: Context,
): Taken<Decision> {
  const { action } = requirement;
  const question = {
    actions: { mode: "ALL" as const, parts: [actionPart(snapshot, action.name)], text: action.name },
    resource: choiceOf(requirement),
    context,
    remarks: [],
  };
  return can(snapshot, principal, question, "");
}

/** An operation that takes no resource is the hardest to be allowed. */
function choiceOf({ needs }: Requirement): ResourceChoice {
  const kinds = needs.map(({ rows }) => resourceKinds(rows));
  if (kinds.some(({ isKnown, typed }) => isKnown && typed.length === 0)) return NO_RESOURCE;
  const texts = new Set(kinds.flatMap(({ typed }) => typed.map(({ text }) => text)));
  if (texts.size === 0) return SOME_RESOURCE;
  const text = `some resource of ${[...texts].join(" or ")}`;
  return { form: "SOME", patterns: [...texts].map((each) => readResourcePattern(each).pattern), text };
}
