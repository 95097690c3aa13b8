import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { actionKey } from "../../inventory/keys.js";
import { readResourcePattern } from "../../policy/arn.js";
import { OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { AccessQuestion, ActionChoice } from "../access/access-question.js";
import { decideAccess } from "../access/decision.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { permissions } from "../permissions/permissions.js";

/** Something that a role may do: an action on resources of one of its patterns. */
export interface Offer {
  readonly action: string;
  readonly pattern: string;
}

/**
 * What somebody may do, pattern by pattern; nothing where it is not known. Yields before each decision.
 *
 * @param actions left out, all of the catalog
 */
export function* offersOf(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  actions?: ActionChoice,
): Generator<undefined, readonly Offer[], undefined> {
  const answer = yield* permissions(snapshot, principal, actions === undefined ? {} : { actions });
  const offers: Offer[] = [];
  for (const { action, resourcePatterns } of "refusal" in answer ? [] : answer.value.rows) {
    for (const pattern of patternsOf(resourcePatterns)) {
      yield undefined;
      const offer = { action: action.name, pattern };
      if (!isPlainNo(decideAccess(snapshot, principal, questionAbout(offer)))) offers.push(offer);
    }
  }
  return offers;
}

/** What a statement leaves out is no set that can be asked about, so all resources stand for the rest. */
function patternsOf(written: readonly string[]): readonly string[] {
  const patterns = written.map((text) => (readResourcePattern(text).pattern.form === "WHOLE" ? "*" : text));
  return patterns.length === 0 ? ["*"] : [...new Set(patterns)];
}

/** May somebody do this on some resource of the pattern? */
export function questionAbout({ action: name, pattern: text }: Offer): AccessQuestion {
  return {
    actions: { mode: "ALL", parts: [{ name, key: actionKey(name) }], text: name },
    resource: { form: "SOME", patterns: [readResourcePattern(text).pattern], text },
    context: OPEN_CONTEXT,
    remarks: [],
  };
}
