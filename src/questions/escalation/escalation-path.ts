import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Steps } from "../../grants/steps.js";
import { type Judgement, type Ruling, rule } from "../../policy/decide.js";
import { allOf, FALSE, TRUE, UNKNOWN } from "../../policy/logic/formula.js";
import type { Decision } from "../access/decision.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
import type { Search } from "./search.js";
import type { Step } from "./steps.js";

/** Steps one after the other. */
export type Way = readonly Step[];

/** How somebody gets there: no step where they are there already. */
export interface EscalationPath {
  readonly principal: CompiledPrincipal;
  readonly steps: Way;
  /** All steps and the outcome together. */
  readonly ruling: Ruling;
  /** Does it lead to doing everything? Else a certain principal was the goal. */
  readonly endsInEverything: boolean;
  /** That they may do everything then; absent where a certain principal was the goal. Worked out when it is read. */
  readonly outcome: () => Steps<Decision | undefined>;
}

/** Rules on a path. Yields now and then. */
export function* pathOf(
  { goals, footholdOf }: Pick<Search, "goals" | "footholdOf">,
  principal: CompiledPrincipal,
  steps: Way,
): Steps<EscalationPath> {
  const outcome = () => goals.decisionOn(steps.at(-1)?.to ?? footholdOf(principal));
  const decisions: Decision[] = [];
  for (const step of steps) decisions.push(...(yield* step.decisions()));
  const last = yield* outcome();
  if (last !== undefined) decisions.push(last);
  return { principal, steps, ruling: rule(judge(steps, decisions)), endsInEverything: last !== undefined, outcome };
}

function judge(steps: Way, decisions: readonly Decision[]): Judgement {
  const isOpen = steps.some(({ verdict }) => verdict === "UNDETERMINED");
  const together = decisions.length === 0 ? CERTAIN : judgeInTurn(decisions);
  return isOpen ? { ...together, allowed: allOf([UNKNOWN, together.allowed]) } : together;
}

const CERTAIN: Judgement = { allowed: TRUE, denied: FALSE, layers: [], unreadableValues: [] };
