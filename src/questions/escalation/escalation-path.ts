import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { type Judgement, type Ruling, rule } from "../../policy/decide.js";
import { allOf, FALSE, TRUE, UNKNOWN } from "../../policy/logic/formula.js";
import type { Decision } from "../access/decision.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
import type { Search } from "./search.js";
import type { Step } from "./steps.js";

/** Steps one after the other. */
export type Way = readonly Step[];

/** How somebody gets there: no step where they are there already. */
export class EscalationPath {
  private ruled: Ruling | undefined;

  constructor(
    private readonly search: Pick<Search, "goals" | "footholdOf">,
    readonly principal: CompiledPrincipal,
    readonly steps: Way,
  ) {}

  /** That they may do everything then; absent where a certain principal was the goal. */
  get outcome(): Decision | undefined {
    return this.search.goals.decisionOn(this.steps.at(-1)?.to ?? this.search.footholdOf(this.principal));
  }

  /** All steps and the outcome together. */
  get ruling(): Ruling {
    this.ruled ??= rule(this.judge());
    return this.ruled;
  }

  private judge(): Judgement {
    const { steps, outcome } = this;
    const decisions = [...steps.flatMap((step) => step.decisions()), ...(outcome === undefined ? [] : [outcome])];
    const isOpen = steps.some(({ verdict }) => verdict === "UNDETERMINED");
    const together = decisions.length === 0 ? CERTAIN : judgeInTurn(decisions);
    return isOpen ? { ...together, allowed: allOf([UNKNOWN, together.allowed]) } : together;
  }
}

const CERTAIN: Judgement = { allowed: TRUE, denied: FALSE, layers: [], unreadableValues: [] };
