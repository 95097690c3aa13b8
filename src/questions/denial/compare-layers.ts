import type { PolicyLayer } from "../../policy/grant.js";
import { allOf } from "../../policy/logic/formula.js";
import { solve } from "../../policy/logic/solve.js";
import type { Decision } from "../access/decision.js";
import { traceOf } from "../access/explain-access.js";
import { type Denial, IDENTITY_LEVELS, LAYER_ORDER } from "./denial.js";

/** What one layer of policies said to a request. */
export type LayerOutcome = "PASSES" | "SILENT" | "DENIES" | "OPEN" | "UNKNOWN" | "ABSENT" | "NOT_TOLD";

/** One layer as the cloud reported it and as we see it. */
export interface LayerComparison {
  readonly layer: PolicyLayer;
  readonly theirs: LayerOutcome;
  readonly ours: LayerOutcome;
  /** Absent where one of the two leaves it open. */
  readonly agrees?: boolean;
}

/** Every layer of which either says something, in order of evaluation. */
export function compareLayers(denial: Denial, decision: Decision): readonly LayerComparison[] {
  const judgeOwn = ownOutcomes(decision);
  return LAYER_ORDER.flatMap((layer): readonly LayerComparison[] => {
    const [theirs, ours] = [theirOutcome(denial, layer), judgeOwn(layer)];
    const isSilent = ours === "ABSENT" || decision.asker === undefined;
    if (theirs === "NOT_TOLD" && isSilent) return [];
    const agrees = agreementOf(theirs, ours);
    return [{ layer, theirs, ours, ...(agrees !== undefined && { agrees }) }];
  });
}

/** Did the layer that the cloud names say no here as well? Of identity policies that are silent, either level counts. */
export function saysNo({ layer, isExplicit }: Denial, blocking: readonly PolicyLayer[]): boolean {
  if (layer === undefined) return false;
  const isSilentIdentity = !isExplicit && IDENTITY_LEVELS.includes(layer);
  return blocking.some((each) => each === layer || (isSilentIdentity && IDENTITY_LEVELS.includes(each)));
}

/**
 * The message names the one layer that said no. Control and session policies come first and each ends the matter, so before
 * any other layer they let the request pass; identity policies that nobody allows by are silent at both levels.
 */
function theirOutcome({ layer: blocking, isExplicit }: Denial, layer: PolicyLayer): LayerOutcome {
  if (blocking === undefined) return "NOT_TOLD";
  if (layer === blocking) return isExplicit ? "DENIES" : "SILENT";
  if (!isExplicit && IDENTITY_LEVELS.includes(layer) && IDENTITY_LEVELS.includes(blocking)) return "SILENT";
  const isBefore = LAYER_ORDER.indexOf(layer) < LAYER_ORDER.indexOf(blocking);
  return isBefore && (layer === "CONTROL_POLICY" || layer === "SESSION_POLICY") ? "PASSES" : "NOT_TOLD";
}

function ownOutcomes(decision: Decision): (layer: PolicyLayer) => LayerOutcome {
  const { layers } = decision.judged.judgement;
  const denying = new Set(
    traceOf(decision)
      .filter(({ grant, outcome }) => grant.statement.effect === "DENY" && outcome === "MATCHED")
      .map(({ grant }) => grant.layer),
  );
  return (layer) => {
    const own = layers.filter((each) => each.layer === layer).map(({ passes }) => passes);
    if (own.length === 0) return decision.asker === undefined ? "UNKNOWN" : "ABSENT";
    const { outcome } = solve(allOf(own));
    if (outcome === "NEVER") return denying.has(layer) ? "DENIES" : "SILENT";
    return outcome === "ALWAYS" ? "PASSES" : outcome === "SOMETIMES" ? "OPEN" : "UNKNOWN";
  };
}

function agreementOf(theirs: LayerOutcome, ours: LayerOutcome): boolean | undefined {
  if (theirs === "NOT_TOLD" || ours === "OPEN" || ours === "UNKNOWN") return undefined;
  return theirs === ours || (theirs === "PASSES" && ours === "ABSENT");
}
