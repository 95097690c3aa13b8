import type { CompiledPrincipal } from "../../src/grants/compiled-principal.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import type { AccessQuestion, Taken } from "../../src/questions/access/access-question.js";
import type { ResourceInput } from "../../src/questions/access/question-input.js";
import { takeQuestion } from "../../src/questions/access/take-question.js";
import { withSession } from "../../src/questions/access/take-session.js";
import type { CaseQuestion } from "./read-case.js";
import { documentText } from "./world-names.js";

/** The question as it is put to one principal: with the session policy, which only roles have. */
export function questionFor(
  snapshot: Snapshot,
  asked: CaseQuestion,
  principal: CompiledPrincipal,
): Taken<AccessQuestion> {
  const taken = questionOf(snapshot, asked);
  if ("refusal" in taken || asked.session === undefined) return taken;
  return withSession(taken.value, documentText(asked.session), principal, "");
}

/** Reads the question of a case as the API would. */
export function questionOf(snapshot: Snapshot, asked: CaseQuestion): Taken<AccessQuestion> {
  const { action, context = {}, closed = false, ignoreLayers } = asked;
  const entries = Object.entries(context).map(([key, values]) =>
    values === null ? { key, absent: true } : { key, values: typeof values === "string" ? [values] : values },
  );
  const taken = takeQuestion(
    snapshot,
    {
      actions: typeof action === "string" ? { name: action } : action,
      resource: resourceInput(asked.resource),
      context: { mode: closed ? "CLOSED" : "OPEN", entries },
    },
    "",
  );
  if ("refusal" in taken || ignoreLayers === undefined) return taken;
  return { value: { ...taken.value, ignoredLayers: new Set(ignoreLayers) } };
}

function resourceInput(resource: string | ResourceInput): ResourceInput {
  if (typeof resource !== "string") return resource;
  return resource === "unscoped" ? { unscoped: true } : { arn: resource };
}

/** The value, or an error with the refusal's words. */
export function valueIn<T>(taken: Taken<T>): T {
  if ("value" in taken) return taken.value;
  throw new Error(`${taken.refusal.argument}: ${taken.refusal.message}`);
}
