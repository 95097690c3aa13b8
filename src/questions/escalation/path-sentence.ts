import { conditionText } from "../access/condition-text.js";
import type { EscalationPath } from "./escalation-path.js";
import type { Primitive } from "./primitive.js";
import { PRIMITIVES } from "./primitives.js";
import type { Step } from "./steps.js";

/** One step as people say it: `alice assumes role ops`. */
export function stepSentence({ means, from, target }: Step): string {
  const { does }: Primitive = PRIMITIVES[means];
  return `${from.principal.name} ${does}${target.name === "" ? "" : ` ${target.name}`}`;
}

/** The path as one plain sentence. */
export function pathSentence({ principal, steps, endsInEverything, ruling }: EscalationPath): string {
  const last = steps.at(-1)?.to.principal ?? principal;
  const end = endsInEverything ? `may do everything in account ${last.accountId}` : `acts as ${last.name}`;
  const isOpen = ruling.verdict === "UNDETERMINED";
  const condition = ruling.verdict === "CONDITIONAL" ? `, if ${conditionText(ruling.solution)}` : "";
  if (steps.length === 0) return `${principal.name} ${end} as it is${condition}.`;
  const unknown = steps.flatMap(({ means }): readonly string[] => {
    const { unknown: fact }: Primitive = PRIMITIVES[means];
    return fact === undefined ? [] : [fact];
  });
  const doubt = isOpen ? `; whether it can cannot be said${unknown.length > 0 ? `: ${unknown[0]}` : ""}` : "";
  return `${steps.map(stepSentence).join(", then ")}, and ${end}${condition}${doubt}.`;
}
